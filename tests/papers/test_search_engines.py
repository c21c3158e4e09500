"""Both engines against one truth: a plain reading of the words that the index was given."""

import random

import pytest

from papers import indexing
from papers.models import Paper
from papers.search import find, ranked
from papers.search_words import MOST_TIMES, MOST_WORDS, as_phrase, positive, terms_of
from tests.factories import make_item, make_list, make_paper, make_venue
from tests.papers.rows import make_alias

pytestmark = pytest.mark.django_db

TYPED = """
deep nets net network networks neural learning to C C++ c# Ünïted united o'reilly O’Reilly foo-bar
foobar AND OR NOT NEAR NEAR( title: 1.5 1 5 漢字 漢 字 王伟 مرحبا 한국 한국어 ﬁne fine straße
strasse ½ x² ℃ 𝐀 ™ tm 🙂 * ** -x --x + # ' " '' "" ` \\ \\d ( ) [ ] {2 } ^ $ | . .* ? % _ & ! :* :A
<-> <2> '':* a:b x'y ¶ \ufffd \u202e naïve Buluç Søren Παππά ΠΑΠΠΑ
2012 2013 1706.03762 arXiv:1706.03762v5 https://arxiv.org/abs/1706.03762 arxiv.org/pdf/1706.3v2
10.1109/5.771073 doi.org/10.1109/5.771073 https://aclanthology.org/P19-1001/ https://arxiv.org/ v9/x
"""
NAMED = (
    ("arxiv", "1706.03762"),
    ("arxiv", "1706.03763"),
    ("doi", "10.1109/5.771073"),
    ("doi", "10.18653/v1/p19-1001"),
    ("acl", "P19-1001"),
    ("pmlr", "v9/x"),
)
PIECES = TYPED.split()
DICE = random.Random(7)


def some(least, most):
    return " ".join(DICE.choices(PIECES, k=DICE.randint(least, most)))


def make_hostile_papers():
    venue = make_venue(some(1, 3) + " Proceedings", short="NeurIPS")
    make_alias(venue, "nips foo-bar")
    for number in range(60):
        paper = make_paper(
            some(1, 5),
            alias=some(0, 1),
            abstract=some(0, 12),
            authors=[f"{some(1, 2)} {n}" for n in range(number % 4)],
            venue=venue if number % 3 == 0 else None,
            year=2010 + number % 5 if number % 4 else None,
            is_public=number % 7 > 0,
        )
        make_item(make_list(is_public=number % 2 == 0), paper, note=some(0, 8))
        if number < len(NAMED):
            paper.identifiers.create(scheme=NAMED[number][0], value=NAMED[number][1])


def indexed():
    return indexing.words_of_papers(list(Paper.objects.values_list("pk", flat=True)))


def truth(text, papers):
    """What `ranked` must say, read off the words of every paper."""
    terms = terms_of(text)
    wanted = positive(terms)

    def rank(key):
        title, people, _rest = papers[key]
        if not wanted or as_phrase(wanted).occurs_in(title):
            return 0
        if all(term.occurs_in(title) for term in wanted):
            return 1
        return 2 if all(any_of(term, title, people) for term in wanted) else 3

    return {
        key: rank(key)
        for key, columns in papers.items()
        if all(any_of(term, *columns) != term.is_excluded for term in terms)
    }


def any_of(term, *columns):
    return any(term.occurs_in(column) for column in columns)


def queries():
    for piece in PIECES:
        yield from (piece, f"{piece} ", f"-{piece}", f'"{piece}"', f"{piece}*")
    for _ in range(250):
        words = DICE.choices(PIECES, k=DICE.randint(1, 3))
        yield " ".join(DICE.choice(("", "", "-", '"')) + word for word in words)
        yield f'"{" ".join(words)}"'
        yield f'{words[0]} -"{" ".join(words[1:])}"'
        yield " ".join(word[: DICE.randint(1, 3)] + "*" for word in words)


def test_whatever_is_typed_finds_and_ranks_as_a_plain_reading_does():
    make_hostile_papers()
    indexing.rebuild()
    asked = [text for text in queries() if terms_of(text)]

    papers = indexed()
    wrong = {text: (dict(ranked(text)), truth(text, papers)) for text in asked}

    assert {text: pair for text, pair in wrong.items() if pair[0] != pair[1]} == {}
    assert sum(0 < len(found) < 60 for found, _truth in wrong.values()) > 300  # not all or nothing


def test_a_queryset_is_narrowed_to_the_same_papers():
    make_hostile_papers()
    indexing.rebuild()

    public = set(Paper.objects.public().values_list("pk", flat=True))
    papers = indexed()

    for text in ("net", "-net", '"deep nets"', "foo-bar -united", "c++"):
        assert {p.pk for p in find(Paper.objects.public(), text)} == truth(
            text, papers
        ).keys() & public


LONG = {
    "far": "filler " * (MOST_WORDS - 1_000) + "blue whale " + "filler " * 5_000 + "red panda",
    "often": "the whale " * (MOST_TIMES + 50) + "the panda",
    "wide": " ".join(f"{'界' * 30}{n}" for n in range(9_000)),
    "distinct": " ".join(f"{'ж' * 30}{n}" for n in range(20_000)) + " red panda",
}


ASKED = ["blue whale", '"blue whale"', '"the panda"', "panda", '"red panda"', '"filler blue"']


@pytest.mark.parametrize("name", LONG)
def test_texts_longer_than_an_engine_can_hold_are_cut_alike(name):
    make_paper("A long one", abstract=LONG[name], authors=["Blue Whale"])
    indexing.rebuild()

    found = {text: dict(ranked(text)) for text in ASKED}

    papers = indexed()
    assert found == {text: truth(text, papers) for text in ASKED}


def test_a_phrase_does_not_reach_from_one_text_into_the_next():
    make_paper("Deep", alias="nets", abstract="Neural", authors=["Ada Lovelace", "Grace Hopper"])
    indexing.rebuild()

    found = [
        len(ranked(text))
        for text in ('"deep nets"', '"lovelace grace"', '"nets ada"', '"grace hopper"', "deep nets")
    ]

    assert found == [0, 0, 0, 1, 1]


def test_better_matches_come_first():
    make_paper("Deep learning", authors=["Ada"])
    make_paper("Learning to be deep")
    make_paper("Learning", authors=["Deep Thought"])
    make_paper("Nothing", abstract="Deep learning.")
    make_paper("Learning", abstract="It is shallow.")
    indexing.rebuild()

    found = ranked("deep learning")

    assert {Paper.objects.get(pk=key).title: rank for key, rank in found} == {
        "Deep learning": 0,
        "Learning to be deep": 1,
        "Learning": 2,
        "Nothing": 3,
    }
