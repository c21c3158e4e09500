"""Notes of OpenReview, of both versions of its interface."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.entries import Refused
from papers.formats import openreview_json
from papers.records import AuthorRecord, LinkRecord, PaperRecord

DATA = Path(__file__).parents[4] / "shared" / "data"
PLAIN = st.none() | st.booleans() | st.integers() | st.text()
VALUES = PLAIN | st.lists(PLAIN) | st.dictionaries(st.text() | st.just("value"), PLAIN)
NAMES = ["title", "authors", "venue", "keywords", "pdf", "_bibtex", "abstract", "decision"]

FIRST = {
    "id": "SJGCiw5gl",
    "forum": "SJGCiw5gl",
    "invitation": "ICLR.cc/2017/conference/-/submission",
    "content": {
        "title": "Pruning  Networks",
        "authors": ["Ada Lovelace", "Plato"],
        "abstract": "Short.",
        "keywords": ["pruning"],
        "pdf": "/pdf?id=SJGCiw5gl",
        "code": "https://github.com/a/b",
        "decision": "Accept (Oral)",
    },
}
SECOND = {
    "id": "abcdefghij",
    "forum": "abcdefghij",
    "content": {
        "title": {"value": "Diffusing"},
        "authors": {"value": ["Ada Lovelace"]},
        "venue": {"value": "NeurIPS 2023 spotlight"},
        "venueid": {"value": "NeurIPS.cc/2023/Conference"},
    },
}


def read(*notes):
    return openreview_json.read(json.dumps({"notes": notes}))


def test_a_note_of_the_first_version_takes_venue_and_year_from_its_group():
    assert [entry.paper for entry in read(FIRST).entries] == [
        PaperRecord(
            title="Pruning Networks",
            authors=(AuthorRecord("Ada Lovelace", ""), AuthorRecord("Plato", "")),
            venue="ICLR",
            year=2017,
            presentation="oral",
            abstract="Short.",
            topics=("pruning",),
            identifiers=(("openreview", "SJGCiw5gl"),),
            links=(
                LinkRecord("paper", "https://openreview.net/forum?id=SJGCiw5gl"),
                LinkRecord("code", "https://github.com/a/b"),
            ),
        )
    ]


def test_a_note_of_the_second_version_says_its_venue():
    (entry,) = read(SECOND).entries

    assert (entry.paper.title, entry.paper.year, entry.paper.presentation, entry.marks) == (
        "Diffusing",
        2023,
        "spotlight",
        ("NeurIPS 2023 spotlight",),
    )


@pytest.mark.parametrize(
    "content",
    [
        {"venue": "Submitted to ICLR 2024"},
        {"venue": "ICLR 2024 Conference Withdrawn Submission"},
        {"venue": "ICLR 2024", "venueid": "ICLR.cc/2024/Conference/Rejected_Submission"},
        {"venueid": "ICLR.cc/2024/Conference/Submission"},
        {"decision": "Reject"},
    ],
)
def test_what_was_not_taken_is_no_paper_of_a_programme(content):
    refused = {"id": "abcdefghij", "content": {"title": "Refused", **content}}

    document = read(FIRST, refused)

    assert [entry.paper.title for entry in document.entries] == ["Pruning Networks"]
    assert [(one.line, one.text, one.is_fault) for one in document.skipped] == [
        (2, "Refused", False)
    ]


def test_a_decision_among_the_replies_counts():
    reply = {"invitations": ["X/-/Decision"], "content": {"decision": {"value": "Reject"}}}

    document = read({**SECOND, "content": {"title": "T"}, "details": {"directReplies": [reply]}})

    assert [one.reason for one in document.skipped] == ["“Reject” is no paper of a programme"]


@pytest.mark.skipif(not DATA.exists(), reason="needs the files of others")
def test_the_papers_of_iclr_2020_are_read_whole():
    document = openreview_json.read((DATA / "3-miniconf/iclr2020/papers.json").read_text())

    assert len(document.entries) == 687
    assert {entry.paper.year for entry in document.entries} == {2020}
    assert all(entry.paper.identifiers for entry in document.entries)


@given(st.lists(st.dictionaries(st.sampled_from(NAMES), VALUES)), VALUES)
def test_any_json_is_read_or_refused(contents, other):
    notes = [{"id": "abcdefghij", "content": content, "details": other} for content in contents]
    try:
        document = openreview_json.read(json.dumps([*notes, other]))
    except Refused:
        return

    assert len(document.entries) + len(document.skipped) >= len(notes)
