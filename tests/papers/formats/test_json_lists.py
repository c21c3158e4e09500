"""Lists of objects in JSON, as HotCRP and others give them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.entries import Refused
from papers.formats import json_lists
from papers.records import AuthorRecord

HOTCRP = [
    {
        "object": "paper",
        "pid": 1,
        "title": "One",
        "authors": [
            {"first": "Ada", "last": "Lovelace", "email": "a@example.org", "affiliation": "London"},
            {"name": "Plato"},
        ],
        "topics": ["Theory", "Practice"],
        "status": "accepted",
    },
    {"object": "paper", "pid": 2, "title": "Two", "authors": [], "status": "rejected"},
]


def test_hotcrp_gives_authors_as_objects():
    document = json_lists.read(json.dumps(HOTCRP))

    (entry,) = document.entries
    assert (entry.paper.title, entry.paper.topics) == ("One", ("Theory", "Practice"))
    assert entry.paper.authors == (
        AuthorRecord("Ada Lovelace", "London"),
        AuthorRecord("Plato", ""),
    )
    assert [(one.line, one.text) for one in document.skipped] == [
        (1, "object"),
        (2, "paper | 2 | Two | rejected"),
    ]


def test_half_a_pair_and_control_signs_are_left_out():
    document = json_lists.read('[{"title": "A\\ud800B\\u0000C\\u0007", "year": 2018}]')

    assert document.entries[0].paper.title == "ABC"


@pytest.mark.parametrize(
    ("text", "beginning"),
    [
        ("{", "This is no JSON: "),
        ("[" * 100_000, "This JSON is nested too deeply"),
        ("1" * 5000, "This JSON is nested too deeply, or holds too long a number."),
        ("{}", "This JSON holds no list of papers."),
        ("[1, 2]", "This JSON holds no list of papers."),
        ('[{"title": "Coffee", "start": 1, "end": 2}]', "This JSON is a calendar"),
    ],
)
def test_what_lists_no_papers_is_refused(text, beginning):
    with pytest.raises(Refused) as refused:
        json_lists.read(text)

    assert str(refused.value)[: len(beginning)] == beginning


PLAIN = st.none() | st.booleans() | st.floats() | st.text()
VALUES = PLAIN | st.lists(PLAIN) | st.lists(st.dictionaries(st.text(), PLAIN), max_size=2)


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["title", "authors", "year", "url", "topics", "code"]), VALUES
        )
    )
)
def test_any_list_is_read_or_refused(found):
    try:
        document = json_lists.read(json.dumps(found))
    except Refused:
        return

    assert all(entry.paper.title for entry in document.entries)
