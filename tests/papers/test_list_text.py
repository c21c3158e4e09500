"""A reading list as Markdown again: as it was read, but for what people edited since."""

import pytest

from eventsite import writing
from eventsite.models import Import
from papers.formats.markdown_list import read
from papers.indexing import touch
from papers.models import Item, ReadingList
from tests.factories import make_item, make_list, make_paper, make_section, make_venue
from tests.papers.rows import make_link, make_presentation

pytestmark = pytest.mark.django_db

TEXT = """# Nets

Words about the list.

## Surveys
- 2017-NIPS-[Deep nets of old](https://arxiv.org/abs/1701.00001) [[Code](https://example.org/b)]
- 2018-CVPRo-[Wide nets](https://arxiv.org/abs/1801.00001) (a remark of some words)

## Pruning
- 2019-ICML-[Thin nets](https://arxiv.org/abs/1901.00001)
- 2019.05-[Small nets](https://arxiv.org/abs/1905.00001)

## Related lists
- [Another list](https://github.com/c/d)
"""


def taken_in(text=TEXT):
    """The list as an import of the text leaves it."""
    document = read(text)
    row = make_list(slug="nets", title="Nets", original=text)
    sections = [
        make_section(row, heading=each.heading, level=each.level, line=each.line)
        for each in document.headings
    ]
    venues = {}
    for entry in document.entries:
        told = entry.paper
        if told.venue and told.venue not in venues:
            venues[told.venue] = make_venue({"NIPS": "NeurIPS"}.get(told.venue, told.venue))
        paper = make_paper(
            told.title,
            year=told.year,
            month=told.month,
            venue=venues.get(told.venue),
            presentation=told.presentation,
            authors=[each.name for each in told.authors],
            details=dict(told.details),
        )
        for link in told.links:
            make_link(paper, kind=link.kind, url=link.url, label=link.label)
        make_item(
            row,
            paper,
            section=None if entry.section is None else sections[entry.section],
            note=entry.note,
            marks=", ".join(entry.marks),
            line=entry.line,
            lines=entry.lines,
            text=entry.text,
        )
    return row


def text_of(client):
    response = client.get("/papers/lists/nets.md")
    assert response.status_code == 200
    return response.content.decode()


def item(title):
    return Item.objects.get(paper__title=title)


def edit(row, **values):
    assert writing.change(row, row.version, values)


def test_what_nobody_edited_is_the_same_text(client):
    taken_in()

    assert text_of(client) == TEXT


def test_line_ends_stay_as_they_are(client):
    taken_in(TEXT.replace("\n", "\r\n"))

    assert client.get("/papers/lists/nets.md").content.decode() == TEXT.replace("\n", "\r\n")


def test_an_edit_changes_its_piece_alone(client):
    taken_in()
    edit(item("Deep nets of old").paper, title="Deep nets", year=2016)
    edit(item("Wide nets"), note="another remark")

    assert text_of(client) == (
        TEXT.replace("2017-NIPS-[Deep nets of old]", "2016-NIPS-[Deep nets]").replace(
            "(a remark of some words)", "(another remark)"
        )
    )


def test_another_venue_is_written_and_the_same_by_another_name_is_not(client):
    taken_in()
    edit(item("Deep nets of old").paper, venue=make_venue("KDD"), presentation="oral")

    assert text_of(client) == TEXT.replace("2017-NIPS-", "2017-KDDo-")


def test_links_that_people_change_are_changed(client):
    taken_in()
    paper = item("Deep nets of old").paper
    before = writing.claim(paper, paper.version)
    paper.links.filter(kind="code").update(url="https://example.org/new")
    make_link(paper, kind="slides", url="https://example.org/s", label="Slides", position=9)
    assert writing.record(paper, before)

    assert text_of(client) == TEXT.replace(
        "[[Code](https://example.org/b)]",
        "[[Code](https://example.org/new)] [[Slides](https://example.org/s)]",
    )


def test_what_another_import_changes_is_no_edit(client):
    taken_in()
    paper = item("Deep nets of old").paper
    of = Import.objects.create(target="list:0", sha256="0", format="bibtex", state="applied")
    before = writing.claim(paper, paper.version)
    paper.year = 2020
    paper.save()
    make_link(paper, kind="slides", url="https://example.org/s")
    assert writing.record(paper, before, batch=str(of.pk))

    assert text_of(client) == TEXT


def test_an_edit_that_was_taken_back_is_none(client):
    taken_in()
    for title in ("Deeper nets", "Deep nets of old"):
        edit(Item.objects.get(line=6).paper, title=title)

    assert text_of(client) == TEXT


def test_a_hidden_paper_a_gone_and_a_deleted_item_are_left_out(client):
    row = taken_in()
    edit(item("Deep nets of old").paper, is_public=False)
    edit(item("Thin nets"), is_gone=True)
    last = item("Small nets")
    writing.delete(last, last.version)

    lines = [
        line for line in TEXT.splitlines(keepends=True) if not line.startswith(("- 2017", "- 2019"))
    ]
    assert text_of(client) == "".join(lines)
    assert ReadingList.objects.get(pk=row.pk).original == TEXT


def test_what_was_added_here_is_written_as_what_stands_before_it(client):
    row = taken_in()
    paper = make_paper("New nets", year=2021, venue=make_venue("ECCV"))
    make_link(paper, kind="paper", url="https://example.org/new")
    section = row.sections.get(heading="Surveys")
    writing.create(Item(list=row, paper=paper, section=section, position=99))

    line = "- 2021-ECCV-[New nets](https://example.org/new)\n"
    assert text_of(client) == TEXT.replace("\n\n## Pruning", f"\n{line}\n## Pruning")


def test_a_moved_item_takes_its_lines_along(client):
    row = taken_in()
    edit(item("Deep nets of old"), section=row.sections.get(heading="Pruning"), position=99)

    line = TEXT.splitlines(keepends=True)[5]
    assert text_of(client) == TEXT.replace(line, "").replace(
        "1905.00001)\n", f"1905.00001)\n{line}"
    )


def test_a_renamed_section_is_renamed(client):
    row = taken_in()
    before = writing.claim(row, row.version)
    row.sections.filter(heading="Pruning").update(heading="Sparsity")
    assert writing.record(row, before)

    assert text_of(client) == TEXT.replace("## Pruning", "## Sparsity")


def test_a_deleted_section_leaves_with_its_heading(client):
    row = taken_in()
    for title in ("Thin nets", "Small nets"):
        edit(item(title), section=row.sections.get(heading="Surveys"))
    before = writing.claim(row, row.version)
    row.sections.filter(heading="Pruning").delete()
    assert writing.record(row, before)

    assert text_of(client) == TEXT.replace("## Pruning\n", "")


def test_a_new_section_has_as_many_signs_as_the_others(client):
    row = taken_in()
    before = writing.claim(row, row.version)
    make_section(row, heading="Newest", level=1)
    assert writing.record(row, before)

    assert text_of(client) == TEXT + "\n## Newest\n\n"


def test_a_hidden_paper_is_not_told_by_the_remark_of_another(client):
    remark = " [[journal version](https://arxiv.org/abs/1901.00001v2)]"
    row = taken_in(TEXT.replace("1801.00001)", f"1801.00001){remark}"))
    thin = item("Thin nets")
    assert "version" in {link.kind for link in item("Wide nets").paper.links.all()}
    edit(thin.paper, is_public=False)

    assert row.original != TEXT
    assert text_of(client) == "".join(
        line for line in TEXT.splitlines(keepends=True) if "Thin" not in line
    )


def test_a_list_without_a_text_is_written_whole(client):
    row = make_list(slug="nets", title="Nets", about="Some *words*.")
    make_item(row, make_paper("Alone"))
    section = make_section(row, heading="Surveys")
    paper = make_paper("Deep nets", year=2018, venue=make_venue("NeurIPS"), presentation="oral")
    make_link(paper, url="https://example.org/p")
    make_link(paper, kind="code", url="https://example.org/c", label="Code")
    make_item(row, paper, section=section, note="Read\nit.", marks="o")

    assert text_of(client) == (
        "# Nets\n\nSome *words*.\n\n- [Alone]()\n\n## Surveys\n\n"
        "- 2018-NeurIPSo-[Deep nets](https://example.org/p)\n"
        "  - Code: [Code](https://example.org/c)\n  - Note: Read it.\n"
    )


def test_a_hidden_list_has_no_text_and_no_feed(client):
    make_item(make_list(slug="nets", is_public=False))

    addresses = [f"/papers/lists/{name}.{end}" for name in ("nets", "no") for end in ("md", "atom")]
    assert [client.get(each).status_code for each in addresses] == [404] * 4


def test_the_same_text_is_not_sent_twice(client):
    taken_in()
    first = client.get("/papers/lists/nets.md")

    again = client.get("/papers/lists/nets.md", headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert first["Content-Type"] == "text/markdown; charset=utf-8"


@pytest.mark.parametrize("rows", [1, 40])
def test_the_text_needs_as_many_queries_however_long(client, django_assert_num_queries, rows):
    row = make_list(slug="nets")
    for number in range(rows):
        paper = make_paper(authors=[f"Author {number}"], venue=make_venue())
        make_link(paper)
        make_item(row, paper, section=make_section(row))

    with django_assert_num_queries(13):
        assert text_of(client).count("\n- ") == rows


def test_what_was_kept_of_a_list_is_not_sent_once_a_paper_is_hidden(client):
    taken_in()
    assert "Deep nets of old" in text_of(client)
    row = item("Deep nets of old")

    edit(row.paper, is_public=False)
    hidden = text_of(client)
    edit(row.paper, is_public=True)

    assert "Deep nets" not in hidden
    assert text_of(client) == TEXT


def test_a_paper_that_is_public_by_its_talk_alone_is_hidden_with_it(client):
    taken_in()
    paper = item("Deep nets of old").paper
    edit(paper, is_public=False)
    kept = make_presentation(paper)
    touch()
    assert text_of(client) == TEXT

    kept.delete()
    touch()

    assert "Deep nets" not in text_of(client)


def test_titles_over_authors_are_the_dialect_of_a_list(client):
    row = make_list(slug="nets", title="Nets", dialect="titles over authors")
    paper = make_paper("Deep nets of old", authors=["Ada Lovelace", "Grace Hopper"], year=2018)
    paper.authorships.filter(name="Ada Lovelace").update(affiliation="MIT")
    make_item(row, paper)

    assert text_of(client) == (
        "# Nets\n\n[Deep nets of old]()\nAda Lovelace (MIT) · Grace Hopper\n2018\n"
    )


def test_an_award_set_on_a_paper_is_read_back_as_its_award_and_no_mark(client):
    taken_in()
    edit(item("Deep nets of old").paper, award="Test of time")

    entry = read(text_of(client)).entries[0]

    assert (entry.paper.award, entry.marks) == ("Test of time", ())


def test_an_empty_section_keeps_its_empty_lines_around_a_paper_put_in(client):
    text = TEXT.replace("## Pruning\n", "## Pruning\n\n## Sparsity\n")
    row = taken_in(text)
    section = row.sections.get(heading="Pruning")
    make_item(row, make_paper("New nets", year=2020), section=section)

    found = text_of(client)

    assert found == text.replace("## Pruning\n\n", "## Pruning\n\n- 2020-[New nets]()\n\n")


def test_a_list_of_other_files_is_written_whole_in_its_order(client):
    row = make_list(slug="nets", title="Nets", dialect="bibtex")
    for number, (title, source) in enumerate([("Wide nets", "@misc{a}"), ("Thin nets", "1,b")]):
        make_item(row, make_paper(title, year=2018), line=number + 1, text=source)
    make_item(row, make_paper("New nets", year=2020))

    assert text_of(client) == (
        "# Nets\n\n- 2018-[Wide nets]()\n- 2018-[Thin nets]()\n- 2020-[New nets]()\n"
    )


def test_papers_of_another_file_follow_the_ones_before_them(client):
    row = taken_in()
    last = item("Small nets")
    make_item(row, make_paper("New nets", year=2020), section=last.section, line=3, text="1,New")
    make_item(row, make_paper("Newer nets", year=2021), section=last.section, line=4, text="2,New")

    line = "- 2019.05-[Small nets](https://arxiv.org/abs/1905.00001)\n"
    assert text_of(client) == TEXT.replace(
        line, f"{line}- 2020-[New nets]()\n- 2021-[Newer nets]()\n"
    )


@pytest.mark.parametrize("others", ["et al.", "and others."])
def test_authors_who_are_not_named_stay_and_go_with_an_edit(client, others):
    text = f"# L\n\n- [Sketches](https://a.org/1), A. Lovelace, C. Babbage, {others} ICML 2018.\n"
    taken_in(text)
    paper = item("Sketches").paper
    before = text_of(client), paper.details

    edit(paper, details={})

    assert before == (text, {"et-al": "1"})
    assert others not in text_of(client)
