import subprocess
from dataclasses import replace
from pathlib import Path
from shutil import which

import bibtexparser
import pybtex.database
import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.entries import Refused
from papers.formats import bibtex
from papers.records import AuthorRecord, LinkRecord, PaperRecord
from tests.papers.formats.citations import read_back, sorted_paper
from tests.papers.formats.paper_strategies import NASTY, SLOWLY, papers

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "6-bib-csv"
FULL = PaperRecord(
    title="BERT & friends: a study of Bayes in 50% of {cases}",
    key="lovelace2018bert",
    authors=(AuthorRecord("Ada Lovelace", ""), AuthorRecord("Ludwig van Beethoven", "")),
    venue="Journal of Sketches",
    venue_kind="journal",
    year=2018,
    month=6,
    presentation="oral",
    award="Best paper",
    abstract="Costs $5 & more.",
    topics=("learning", "maps, and others"),
    identifiers=(("arxiv", "1806.01234"), ("doi", "10.1234/5_6"), ("openreview", "B1xsqj09Fm")),
    links=(
        LinkRecord("paper", "https://example.org/a_b%20c"),
        LinkRecord("code", "https://example.org/~ada/code"),
    ),
    details=(("issue", "2"), ("page", "1-10"), ("publisher", "Sketch Press"), ("volume", "12")),
    note="Read this first.",
)


def one(text):
    """Return the only entry of a file that holds nothing else."""
    document = bibtex.read(text)
    assert document.skipped == ()
    (entry,) = document.entries
    return entry


def test_entry_is_written_with_braces_where_case_matters_and_nothing_lost():
    assert bibtex.dumps([FULL]) == (
        "@article{lovelace2018bert,\n"
        "  author = {Ada Lovelace and Ludwig van Beethoven},\n"
        "  title = {{BERT} \\& friends: a study of {Bayes} in 50\\% of"
        " \\textbraceleft{}cases\\textbraceright{}},\n"
        "  journal = {Journal of Sketches},\n"
        "  year = {2018},\n"
        "  month = jun,\n"
        "  volume = {12},\n"
        "  pages = {1--10},\n"
        "  number = {2},\n"
        "  doi = {10.1234/5_6},\n"
        "  eprint = {1806.01234},\n"
        "  archiveprefix = {arXiv},\n"
        "  url = {https://example.org/a_b%20c},\n"
        "  keywords = {learning, {maps, and others}},\n"
        "  abstract = {Costs \\$5 \\& more.},\n"
        "  annotation = {Read this first.},\n"
        "  verba = {csl:publisher=Sketch%20Press&presented=oral&award=Best%20paper"
        "&openreview=B1xsqj09Fm&code=https://example.org/%7Eada/code},\n"
        "}\n"
    )
    assert read_back(bibtex.read(bibtex.dumps([FULL]))) == [sorted_paper(FULL)]


@SLOWLY
@given(st.lists(papers(), min_size=1, max_size=2, unique_by=lambda paper: paper.key))
def test_what_is_written_is_read_back(written):
    expected = [sorted_paper(as_read(paper)) for paper in written]
    assert read_back(bibtex.read(bibtex.dumps(written))) == expected


def as_read(paper):
    """Return a paper with the venue that reading finds where there is an arXiv number alone."""
    schemes = [scheme for scheme, _value in paper.identifiers if scheme == "arxiv"]
    is_bare = not (paper.venue or paper.venue_kind or dict(paper.details).get("type"))
    return replace(paper, venue="arXiv", venue_kind="preprint") if schemes and is_bare else paper


@SLOWLY
@given(
    st.lists(st.one_of(NASTY, st.sampled_from(["@article{a,", "title={", "}", "#", "@string{"])))
)
def test_any_text_is_read_or_refused(pieces):
    try:
        document = bibtex.read("@misc{a, title = {b}}" + "".join(pieces))
    except Refused:
        return
    assert document.entries or document.skipped


@pytest.mark.parametrize(
    ("name", "entries", "repeated", "without_title", "sets", "volumes"),
    [
        ("biblatex-examples", 100, 1, 27, 3, 1),
        ("anthology_subset", 228, 5, 0, 0, 0),
        ("neurips2018_refs", 18, 0, 0, 0, 0),
    ],
)
def test_real_file_is_read_or_reported_and_the_same_when_read_again(
    name, entries, repeated, without_title, sets, volumes
):
    path = DATA / f"{name}.bib"
    if not path.exists():
        pytest.skip("the file is not here")

    document = bibtex.read(path.read_text())
    read = [replace(entry.paper, note=entry.note) for entry in document.entries]

    reasons = [each.reason for each in document.skipped]
    assert len(read) == entries
    assert sum("already" in reason for reason in reasons) == repeated
    assert sum("no title" in reason for reason in reasons) == without_title
    assert sum("a set" in reason for reason in reasons) == sets
    assert sum("the volume" in reason for reason in reasons) == volumes
    assert read_back(bibtex.read(bibtex.dumps(read))) == [sorted_paper(paper) for paper in read]


def test_part_inherits_from_its_volume_but_what_names_the_volume():
    document = bibtex.read(
        """@inproceedings{part, crossref = {whole}, title = {Part}, xdata = {press}}
        @proceedings{whole, title = {Whole}, year = 2018, doi = {10.1234/whole},
          editor = {Lovelace, Ada}}
        @xdata{press, publisher = {Press}}"""
    )

    part = document.entries[0].paper
    assert (part.title, part.venue, part.year, part.identifiers) == ("Part", "Whole", 2018, ())
    assert dict(part.details) == {"editor": "Ada Lovelace", "publisher": "Press"}
    assert len(document.entries) == 1
    assert [(each.line, each.reason, each.is_fault) for each in document.skipped] == [
        (2, "the volume that other entries of this file stand in", False),
        (4, "fields for other entries", False),
    ]


def test_volume_that_no_entry_stands_in_is_a_paper_and_a_book_always():
    text = """@proceedings{alone, title = {Alone}} @book{whole, title = {Whole}}
        @inbook{part, crossref = {whole}, title = {Part}}"""

    assert [each.paper.title for each in bibtex.read(text).entries] == ["Alone", "Whole", "Part"]


@pytest.mark.parametrize(
    "text",
    [
        "@misc{a, title = {A}, crossref = {a}}",
        "@misc{a, title = {A}, crossref = {b}} @misc{b, title = {B}, crossref = {a}}",
        "".join(f"@misc{{a{n}, title = {{A}}, crossref = {{a{n + 1}}}}}\n" for n in range(3000)),
    ],
)
def test_entries_that_refer_in_circles_or_chains_are_read(text):
    assert {entry.paper.title for entry in bibtex.read(text).entries} <= {"A", "B"}


def test_strings_are_joined_and_the_unknown_is_told():
    entry = one(
        """@string{pub = "Press"} @string{both = pub # { and Sons}}
        @book{a, title = "A {"}B{"}", publisher = both, year = 1950, series = nowhere}"""
    )

    assert entry.paper.title == 'A "B"'
    assert dict(entry.paper.details)["publisher"] == "Press and Sons"
    assert "collection-title" not in dict(entry.paper.details)
    assert entry.warnings == ("“nowhere”, the series, stands for nothing in this file.",)


def test_unknown_string_is_no_venue_and_a_title_of_it_is_none():
    entry = one("@inproceedings{a, title = {A}, booktitle = nips, month = sept, year = 2018}")
    (skipped,) = bibtex.read("@misc{a, title = nips}").skipped

    assert (entry.paper.venue, entry.paper.month) == ("", 9)
    assert entry.warnings == ("“nips”, the booktitle, stands for nothing in this file.",)
    assert skipped.reason == (
        "this entry has no title: “nips”, the title, stands for nothing in this file."
    )


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Lovelace, Ada and Babbage, Charles", ["Ada Lovelace", "Charles Babbage"]),
        ("van Beethoven, Ludwig", ["Ludwig van Beethoven"]),
        ("King, Jr, Martin Luther", ["Martin Luther King Jr"]),
        ("{Barnes and Noble, Inc.}", ["Barnes and Noble, Inc."]),
        ("M{\\\"u}ller, J{\\'o}n  AND\n Doe, J.", ["Jón Müller", "J. Doe"]),
        ("family=Rabble, given=Richard, prefix=von", ["Richard von Rabble"]),
        ("Ada Lovelace and others", ["Ada Lovelace"]),
    ],
)
def test_names_are_read_as_people_print_them(printed, names):
    entry = one(f"@misc{{a, title = {{A}}, author = {{{printed}}}}}")

    assert [author.name for author in entry.paper.authors] == names
    assert dict(entry.paper.details) == ({"et-al": "1"} if "others" in printed else {})


def test_others_and_organizations_are_written_as_they_were_read():
    names = "{The ATLAS Collaboration} and {Google Brain} and {Barnes, Noble} and Ada Lovelace"
    entry = one(f"@misc{{a, title = {{A}}, author = {{{names} and others}}}}")

    assert dict(entry.paper.details) == {"et-al": "1", "organizations": "Google Brain"}
    assert f"author = {{{names} and others}}" in bibtex.dumps([entry.paper])


def test_name_of_its_own_is_a_short_title():
    entry = one("@misc{a, title = {Aggregated Residuals}, shorttitle = {ResNeXt \\& all}}")

    assert entry.paper.alias == "ResNeXt & all"
    assert bibtex.dumps([entry.paper]) == (
        "@misc{a,\n  title = {Aggregated Residuals},\n  shorttitle = {ResNeXt \\& all},\n"
        "  date = {XXXX},\n}\n"
    )


@pytest.mark.parametrize(
    ("howpublished", "venue"),
    [("ICLR Workshop", "ICLR Workshop"), ("Accessed: 2018-06-12", ""), ("Blog post", "")],
)
def test_how_it_was_published_is_a_venue_when_it_says_where(howpublished, venue):
    paper = one(f"@misc{{a, title = {{A}}, howpublished = {{{howpublished}}}}}").paper

    assert (paper.venue, paper.venue_kind) == (venue, "")


def test_field_for_the_user_says_only_what_has_no_field():
    venue = PaperRecord("A", key="a", venue="Some place", year=2018)
    number = PaperRecord("B", key="b", identifiers=(("arxiv", "1806.01234"),), alias="Bee")

    assert "verba" not in bibtex.dumps([venue, number])


@pytest.mark.parametrize(
    ("fields", "year", "month"),
    [
        ("year = 2018, month = jun", 2018, 6),
        ("year = {2018}, month = {June}", 2018, 6),
        ("year = 2018, month = 6", 2018, 6),
        ('year = 2018, month = "10~" # jan', 2018, 1),
        ("date = {2018-06-12/2018-07-01}", 2018, 6),
        ("year = {c. 1890}", 1890, None),
        ("date = {XXXX}", None, None),
        ("month = jun", None, None),
    ],
)
def test_dates_are_read_however_written(fields, year, month):
    paper = one(f"@misc{{a, title = {{A}}, {fields}}}").paper

    assert (paper.year, paper.month) == (year, month)


@pytest.mark.parametrize(
    "fields",
    [
        "journal = {arXiv preprint arXiv:1806.01234}",
        "journal = {CoRR}, volume = {abs/1806.01234}",
        "eprint = {1806.01234}, archivePrefix = {arXiv}, primaryClass = {cs.LG}",
        "arxivId = {1806.01234}",
    ],
)
def test_preprint_is_known_by_any_way_of_saying_arxiv(fields):
    paper = one(f"@article{{a, title = {{A}}, {fields}}}").paper

    assert (paper.venue, paper.venue_kind) == ("arXiv", "preprint")
    assert paper.identifiers == (("arxiv", "1806.01234"),)
    assert paper.details == ()


def test_isbn_of_a_volume_is_no_identifier_of_its_parts():
    part = one("@inproceedings{a, title = {A}, isbn = {978-3-16-148410-0}}").paper
    whole = one("@book{a, title = {A}, isbn = {978-3-16-148410-0}}").paper

    assert (part.identifiers, part.details) == ((), (("ISBN", "978-3-16-148410-0"),))
    assert (whole.identifiers, dict(whole.details)) == (
        (("isbn", "9783161484100"),),
        {"type": "book"},
    )


def test_addresses_are_freed_of_latex():
    paper = one(
        r"@misc{a, title = {A}, url = {https://example.org/a\_b\%20c}, code = {https://x.org/c},"
        r" howpublished = {\url{https://y.org/~d}}}"
    ).paper

    assert [(link.kind, link.url) for link in paper.links] == [
        ("paper", "https://example.org/a_b%20c"),
        ("code", "https://x.org/c"),
        ("paper", "https://y.org/~d"),
    ]


def test_broken_entries_are_reported_and_the_others_read():
    document = bibtex.read(
        "@misc{a,\n title = {A}\n year = 2018}\n"
        "@misc{b,\n title = {B {, year = 2018}\n"
        "@misc{title = {No key}}\n"
        "@misc{c, title = {C}}\n"
        "@misc{c, title = {D}}\n"
        "Some words.\n"
        "@misc{e, year = 2018}\n"
        "@misc{f, title = {F}, title = {G}}\n"
    )

    assert [entry.paper.title for entry in document.entries] == ["C", "F"]
    assert [entry.line for entry in document.entries] == [7, 11]
    faults = [each for each in document.skipped if each.is_fault]
    assert [each.line for each in faults] == [1, 4, 6, 8, 10]
    assert [each.reason for each in faults] == [
        "a comma is missing before or after “{A} year = 2018” in line 2",
        "the value of “title” in line 5 is not closed: “}” is missing",
        "the key, or the comma behind it, is missing before “title” in line 6",
        "the key “c” is that of the entry in line 7 already",
        "this entry has no title",
    ]
    assert [each.text for each in document.skipped if not each.is_fault] == [
        "{No key}}",
        "Some words.",
    ]


@pytest.mark.parametrize("text", ["", "Dear Ada,", "@", "@comment{only words}", "\ud800"])
def test_what_is_no_bibtex_is_refused(text):
    with pytest.raises(Refused):
        bibtex.read(text)


def test_keys_are_unique_and_usable():
    twins = [PaperRecord("Sketch", key="a"), PaperRecord("Sketch", key="A")]
    others = [PaperRecord("Sketch", key="no, key"), PaperRecord("漢字")]

    text = bibtex.dumps([*twins, *others])

    assert [entry.paper.key for entry in bibtex.read(text).entries] == [
        "a",
        "Aa",
        "sketch",
        "paper",
    ]


def test_controls_and_lone_surrogates_never_reach_the_file():
    nasty = PaperRecord("A\x00B\ud800C\r\nD ]]> =1+1", key="a")

    text = bibtex.dumps([nasty])

    assert text.encode()
    assert one(text).paper.title == "ABC D ]]> =1+1"


def samples():
    """Papers of every kind of work, complete and with as little as there can be."""
    kinds = ("conference", "journal", "book", "preprint", "other", "")
    works = ("book", "thesis", "report", "webpage", "manuscript", "patent", "software", "dataset")
    bare = [PaperRecord("Bare", venue="Somewhere", venue_kind=kind) for kind in kinds]
    full = [replace(FULL, venue_kind=kind, is_workshop=kind == "conference") for kind in kinds]
    details = (("ISBN", "1"), ("ISSN", "x"), ("volume", "IV"), *FULL.details)
    others = [replace(FULL, venue_kind="", details=(*details, ("type", work))) for work in works]
    names = ("Acme, Inc.", "Ada and Charles", "others", "Martin King Jr", "The ATLAS Collaboration")
    named = replace(
        FULL,
        authors=tuple(AuthorRecord(name, "") for name in names),
        alias="BERT & all",
        details=(*FULL.details, ("et-al", "1")),
    )
    return [*bare, *full, *others, named, replace(FULL, year=None, month=None)]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_other_readers_read_ours_whole():
    text = bibtex.dumps(samples())

    theirs = bibtexparser.parse_string(text)
    others = pybtex.database.parse_string(text, "bibtex")

    assert (len(theirs.entries), theirs.failed_blocks) == (len(samples()), [])
    assert len(others.entries) == len(samples())
    persons = [str(person) for person in others.entries["lovelace2018bert"].persons["author"]]
    assert persons == ["Lovelace, Ada", "van Beethoven, Ludwig"]


@pytest.mark.ci
@pytest.mark.skipif(not which("biber"), reason="biber is not installed")
@pytest.mark.parametrize("options", [[], ["--validate-datamodel"]])
def test_biber_reads_ours_without_a_warning(tmp_path, options):
    """Its model wants authors where a list may name none: these it only reads."""
    papers = [paper for paper in samples() if paper.authors or not options]
    (tmp_path / "ours.bib").write_text(bibtex.dumps(papers))

    run = subprocess.run(
        ["biber", "--tool", *options, "--nolog", "ours.bib"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
    )

    told = [line for line in run.stdout.splitlines() if line.startswith(("WARN", "ERROR"))]
    assert (run.returncode, told) == (0, [])


def test_a_conference_paper_without_authors_is_one_nevertheless():
    paper = PaperRecord(
        "Born again trees",
        key="born1996trees",
        venue="International Conference on Machine Learning",
        venue_kind="conference",
        year=1996,
        links=(LinkRecord("code", "https://example.org/code"),),
    )

    text = bibtex.dumps([paper])

    assert text.startswith("@inproceedings{born1996trees,\n")
    assert "booktitle = {International Conference on Machine Learning}" in text
    assert [line for line in bibtex.readable(text).splitlines() if "verba" in line] == []
    assert [each.paper for each in bibtex.read(text).entries] == [paper]


def test_two_hyphens_of_a_doi_are_no_dash():
    paper = one("@article{a, title={One}, doi={10.1234/a--b}}")

    assert paper.paper.identifiers == (("doi", "10.1234/a--b"),)
