import pytest

from papers.formats.person_names import Name, named, turned


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Ada Lovelace", Name("Lovelace", "Ada")),
        ("Ludwig van der Beethoven", Name("Beethoven", "Ludwig", "van der")),
        ("Martin Luther King Jr.", Name("King", "Martin Luther", "", "Jr.")),
        ("OpenAI", Name("OpenAI")),
        ("Acme, Inc.", Name("Acme, Inc.")),
        ("de Vries", Name("Vries", "de")),
        ("", Name("")),
    ],
)
def test_name_is_taken_apart_and_put_together(printed, name):
    assert named(printed) == name
    assert str(named(printed)) == printed


@pytest.mark.parametrize(
    ("listed", "printed"),
    [
        ("Lovelace, Ada", "Ada Lovelace"),
        ("King, Jr, Martin", "Martin King Jr"),
        ("King, Martin, Jr", "Martin King Jr"),
        ("Lovelace,  ", "Lovelace"),
        (" Ada  Lovelace ", "Ada Lovelace"),
    ],
)
def test_family_first_is_turned(listed, printed):
    assert turned(listed) == printed
