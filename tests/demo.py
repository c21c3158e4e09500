"""The demo data: loaded once for a module of tests, and compared with the documents it is from.

The documents lie beside the project, are not part of it, and may be absent.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import models, transaction

from papers.folding import fold

SEEDS = Path(settings.BASE_DIR).parent / "shared" / "seeds"
needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="the source documents are absent")


@contextmanager
def loaded(blocker, *names: str) -> Iterator[None]:
    """Load fixtures, and take them out again at the end."""
    with blocker.unblock(), transaction.atomic():
        call_command("loaddata", *names, verbosity=0)
        yield
        transaction.set_rollback(True)


def seed_lines(number: str) -> list[str]:
    """Return the lines of the document whose file name begins with `number`."""
    [path] = SEEDS.glob(f"{number}_*.txt")
    return path.read_text(encoding="utf-8").splitlines()


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are compared, without addresses."""
    return fold(re.sub(r"\w+://[^\s)\]]+", " ", text)).split()


def runs(words: list[str], length: int) -> set[tuple[str, ...]]:
    """Return every run of `length` consecutive words."""
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def free_texts(app: str) -> Iterator[str]:
    """Yield what stands in the long text columns of an app's tables."""
    for model in apps.get_app_config(app).get_models():
        columns = [f.name for f in model._meta.fields if type(f) is models.TextField]
        for values in model.objects.values_list(*columns) if columns else ():
            yield from filter(None, values)


def copied_runs(app: str, length: int) -> list[str]:
    """Return the runs of words that an app's free texts share with the documents."""
    ours = set().union(*(runs(words_of(text), length) for text in free_texts(app)))
    theirs = set()
    for path in SEEDS.glob("*.txt"):
        theirs |= runs(words_of(path.read_text(encoding="utf-8")), length)
    return sorted(" ".join(run) for run in ours & theirs)


def rows_with_faults(app: str) -> list[str]:
    """Return the rows of an app that its own fields' validators would refuse."""
    faults = []
    for model in apps.get_app_config(app).get_models():
        keys = [f.name for f in model._meta.fields if f.is_relation]
        for row in model.objects.all():
            try:
                row.clean_fields(exclude=keys)
            except Exception as error:
                faults.append(f"{model.__name__} {row.pk}: {error}")
    return faults
