"""`manage.py serve` refuses what it could not serve."""

from eventsite.management.commands.serve import uncollected


def test_static_file_of_a_newer_version_is_missed():
    every = uncollected([])

    assert "css/site.css" in every
    assert uncollected(every) == []
    assert uncollected(set(every) - {"css/calendar.css"}) == ["css/calendar.css"]
