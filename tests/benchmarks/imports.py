"""How much quicker many rows are imported than saved one by one, and in how much memory.

`python -m pytest -q -s -m slow tests/benchmarks/imports.py`. The command is run as a process of
its own on an empty SQLite file; row by row is measured on a sample in the same run, and scaled.
"""

import csv
import os
import random
import resource
import subprocess
import sys
from time import perf_counter

import pytest

from eventsite import writing
from papers.models import Author, Authorship, Identifier, Item, Paper, PaperLink, ReadingList
from papers.naming import derive

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

ROWS, SAMPLE = 100_000, 500
WORDS = [a + b + c for a in "bdfglmnprst" for b in "aeiou" for c in ("r", "st", "nd", "l", "x")]


def rows(count, seed):
    """Yield papers with made-up titles of words as frequent as those of a language."""
    dice = random.Random(seed)
    stems = [a + b for a in WORDS for b in WORDS[::9]]
    weights = [1 / (place + 5) for place in range(len(stems))]
    people = [f"{a.title()} {b.title()}" for a in WORDS[:150] for b in WORDS[::2]]
    for number in range(count):
        yield {
            "title": " ".join(dice.choices(stems, weights, k=dice.randint(5, 11))),
            "authors": "; ".join(dice.sample(people, dice.randint(1, 4))),
            "venue": dice.choice(["NeurIPS", "ICML", "CVPR", "ICLR", "AAAI"]),
            "year": 2000 + number % 25,
            "url": f"https://arxiv.org/abs/{seed}{number // 10_000:03}.{number % 10_000:05}",
        }


def save(paper, position, target):
    """Save a paper as a loop would: every row and its Change by itself."""
    row = Paper(title=paper["title"], year=paper["year"])
    derive(row)
    writing.create(row)
    before = writing.claim(row, row.version)
    for place, name in enumerate(paper["authors"].split("; "), start=1):
        author = Author.objects.filter(name=name).first()
        if author is None:
            author = Author(name=name)
            derive(author)
            writing.create(author)
        Authorship.objects.create(paper=row, author=author, position=place, name=name)
    PaperLink.objects.create(paper=row, url=paper["url"], position=1)
    Identifier.objects.create(paper=row, scheme="arxiv", value=f"one/{position}")
    writing.record(row, before)
    writing.create(Item(list=target, paper=row, position=position))


COMMAND = """
import sys, django
from django.conf import settings
from django.core.management import call_command
django.setup()
settings.RUN_BESIDE = False
call_command(*sys.argv[1:])
"""


def manage(*arguments, folder):
    settings = {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "eventsite.settings"}
    own = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    command = [sys.executable, "-c", COMMAND, *arguments]
    subprocess.run(command, env={**own, **settings}, check=True)


def test_100_000_papers_take_a_tenth_of_the_time_and_500_mb(tmp_path):
    target = writing.create(ReadingList(slug="one-by-one", title="One by one"))
    begun = perf_counter()
    for position, paper in enumerate(rows(SAMPLE, seed=2), start=1):
        save(paper, position, target)
    slow = (perf_counter() - begun) / SAMPLE * ROWS
    with (tmp_path / "papers.csv").open("w") as file:
        sheet = csv.DictWriter(file, ["title", "authors", "venue", "year", "url"])
        sheet.writeheader()
        sheet.writerows(rows(ROWS, seed=1))
    manage("migrate", "-v0", folder=tmp_path)

    begun = perf_counter()
    manage("import_papers", file.name, "--list", "many", folder=tmp_path)
    took = perf_counter() - begun

    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{took:.0f} s, {peak:.0f} MB; one by one {slow:.0f} s: {slow / took:.1f} times as long")
    assert slow / took > 10
    assert peak < 500
