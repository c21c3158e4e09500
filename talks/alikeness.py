"""How alike the talks of an event are, from their words: titles, abstracts, and their papers'.

TF-IDF and the cosine (Salton and Buckley, 1988), over the few thousand words of one programme,
so that a web process needs no library for it; remembered for the texts it was made of.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import combinations
from math import log, sqrt

from eventsite.memory import Bounded
from papers.models import Paper
from papers.search_words import words_of

from .models import Talk
from .solver.problem import Pair, pair

LEAST = 20  # per cent: below it two talks share some words by chance
COMMON = 0.2  # of all talks: a word of more of them says little
FEW = 12  # talks, in which a word is never too common
KEPT = 200_000  # pairs in the memory of a process

remembered: Bounded[str, Mapping[Pair, int]] = Bounded(KEPT, lambda _key, found: len(found) + 1)


def alike(talks: list[Talk]) -> Mapping[Pair, int]:
    """Return by pair of codes how alike talks are, in per cent, from `LEAST` on: one query.

    The talks come with their papers.
    """
    topics: dict[int, list[str]] = defaultdict(list)
    papers = {talk.paper_id for talk in talks if talk.paper_id}
    named = Paper.topics.through.objects.filter(paper__in=papers)
    for paper, name in named.values_list("paper", "topic__name") if papers else ():
        topics[paper].append(name)
    texts = {talk.code: _text(talk, topics.get(talk.paper_id or 0, [])) for talk in talks}
    key = hashlib.sha256(json.dumps(texts, sort_keys=True).encode()).hexdigest()
    found = remembered.get(key)
    if found is None:
        found = likeness(texts)
        remembered.put(key, found)
    return found


def _text(talk: Talk, topics: list[str]) -> str:
    """What a talk is about: its title and topics say more than as many words of an abstract."""
    paper = [talk.paper.title, talk.paper.abstract] if talk.paper else []
    parts = [talk.title, talk.title, talk.subtitle, talk.abstract, *paper, *(3 * topics)]
    return "\n".join(part for part in parts if part)


def likeness(texts: Mapping[str, str]) -> dict[Pair, int]:
    """Return by pair how alike texts are: the cosine of their words' weights, in per cent."""
    counts = {code: Counter(words_of(text)) for code, text in texts.items()}
    spread = Counter(word for words in counts.values() for word in words)
    most = max(FEW, COMMON * len(texts))
    postings: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for code in sorted(counts):
        weights = {
            word: (1 + log(number)) * log(len(texts) / spread[word])
            for word, number in counts[code].items()
            if spread[word] <= most and len(word) > 1
        }
        length = sqrt(sum(weight * weight for weight in weights.values()))
        for word, weight in weights.items():
            if spread[word] > 1 and weight:  # a word of every text has none
                postings[word].append((code, weight / length))
    cosine: dict[Pair, float] = defaultdict(float)
    for entries in postings.values():
        for (one, first), (other, second) in combinations(entries, 2):
            cosine[pair(one, other)] += first * second
    return {both: score for both, value in cosine.items() if (score := round(100 * value)) >= LEAST}
