import pytest

from papers.formats.person_names import Name, named, needs_braces, turned


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Ada Lovelace", Name("Lovelace", "Ada")),
        ("Ludwig van der Beethoven", Name("Beethoven", "Ludwig", "van der")),
        ("Martin Luther King Jr.", Name("King", "Martin Luther", "", "Jr.")),
        ("OpenAI", Name("OpenAI")),
        ("Acme, Inc.", Name("Acme, Inc.")),
        ("The ATLAS Collaboration", Name("The ATLAS Collaboration")),
        ("The Anh Han", Name("Han", "The Anh")),
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


@pytest.mark.parametrize("name", ["Acme, Inc.", "Ada and Charles", "Six others", "Google AI Team"])
def test_name_that_bibtex_would_take_apart_needs_braces(name):
    assert needs_braces(name)


@pytest.mark.parametrize("name", ["Ada Lovelace", "Anders Andersson", "Ludwig van Beethoven"])
def test_name_of_a_person_needs_none(name):
    assert not needs_braces(name)
