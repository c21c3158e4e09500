"""How much quicker many rows are imported than saved one by one, and in how much memory.

`python -m tests.benchmarks.imports [ROWS]` on an empty database of its own; by hand. Row by row
is measured on a sample in the same run, and scaled.
"""

import csv
import io
import os
import random
import resource
import subprocess
import sys
import tempfile
import time

ROWS, SAMPLE = 100_000, 500
WORDS = [a + b + c for a in "bdfglmnprst" for b in "aeiou" for c in ("r", "st", "nd", "l", "x")]


def table(rows, seed=1):
    """Return a table of papers with made-up titles of words as frequent as those of a language."""
    chance = random.Random(seed)
    stems = [a + b for a in WORDS for b in WORDS[::9]]
    weights = [1 / (place + 5) for place in range(len(stems))]
    people = [f"{a.title()} {b.title()}" for a in WORDS[:150] for b in WORDS[::2]]
    text = io.StringIO()
    sheet = csv.writer(text)
    sheet.writerow(["title", "authors", "venue", "year", "url"])
    for number in range(rows):
        title = " ".join(chance.choices(stems, weights, k=chance.randint(5, 11)))
        authors = "; ".join(chance.sample(people, chance.randint(1, 4)))
        venue = chance.choice(["NeurIPS", "ICML", "CVPR", "ICLR", "AAAI"])
        url = (
            f"https://arxiv.org/abs/{10 + number // 50_000 % 80:02}{1 + number % 12:02}.{number:05}"
        )
        sheet.writerow([title, authors, venue, 2000 + number % 25, url])
    return text.getvalue().encode()


def one_by_one(rows):
    """Save papers as a loop would: every row and its Change by itself; return the seconds."""
    from eventsite import writing
    from papers.models import Author, Authorship, Identifier, Item, Paper, PaperLink, ReadingList
    from papers.naming import derive

    target = writing.create(ReadingList(slug="one-by-one", title="One by one"))
    begun = time.perf_counter()
    for position, row in enumerate(csv.DictReader(io.StringIO(rows.decode())), start=1):
        paper = Paper(title=row["title"], year=int(row["year"]))
        derive(paper)
        writing.create(paper)
        before = writing.claim(paper, paper.version)
        for place, name in enumerate(row["authors"].split("; "), start=1):
            author = Author.objects.filter(name=name).first()
            if author is None:
                author = Author(name=name)
                derive(author)
                writing.create(author)
            Authorship.objects.create(paper=paper, author=author, position=place, name=name)
        PaperLink.objects.create(paper=paper, url=row["url"], position=1)
        Identifier.objects.create(paper=paper, scheme="arxiv", value=f"one/{position}")
        writing.record(paper, before)
        writing.create(Item(list=target, paper=paper, position=position))
    return time.perf_counter() - begun


def measure(rows):
    import django
    from django.core.management import call_command

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eventsite.settings")
    django.setup()
    from django.conf import settings

    settings.RUN_BESIDE = False
    call_command("migrate", verbosity=0)
    from papers import reading
    from papers.importing import apply, preview
    from papers.models import ReadingList

    slow = one_by_one(table(SAMPLE, seed=2)) / SAMPLE * rows
    content = table(rows)
    begun = time.perf_counter()
    document = reading.read(content, "papers.csv")
    print(f"read in {time.perf_counter() - begun:.0f} s", peak())
    plan = preview(document, ReadingList(slug="many", title="Many"), told=print)
    print(f"previewed in {time.perf_counter() - begun:.0f} s", peak(), plan.counts())
    report = apply(plan, told=print)
    took = time.perf_counter() - begun
    print(f"imported in {took:.0f} s", peak(), report.created)
    print(f"one by one would take {slow:.0f} s: {slow / took:.1f} times as long")


def peak():
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"


if __name__ == "__main__":
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    if "MEASURED" in os.environ:
        measure(rows)
    else:
        with tempfile.TemporaryDirectory() as folder:
            own = {**os.environ, "MEASURED": "1", "DATA_DIR": folder}
            command = [sys.executable, "-m", "tests.benchmarks.imports", str(rows)]
            sys.exit(subprocess.run(command, env=own, check=False).returncode)
