"""Lists that hold the same papers: what one says of them is none of another's words."""

import pytest

from papers import reading
from papers.importing import Choices, apply, preview
from papers.list_text import text_of_list
from papers.models import Paper, ReadingList

pytestmark = pytest.mark.django_db

FIRST = """# Pruning

## Methods

-   2019.03-[Sparse networks from scratch](https://arxiv.org/abs/1903.00001)
-   2018-NIPSw-[Growing and pruning](https://openreview.net/forum?id=abcDEF) [[Code](https://github.com/a/b)]
"""
SECOND = """# To read

1. **Sparse Networks from Scratch.** ICML 2020. [paper](https://proceedings.mlr.press/v119/a20a.html)

    *Ada Lovelace, Charles Babbage*

2. **Growing and Pruning.** NeurIPS 2018. [paper](https://openreview.net/pdf?id=abcDEF)

    *Grace Hopper*
"""


def take_in(slug, text):
    row = ReadingList(slug=slug, title=slug, is_public=True)
    plan = preview(reading.read(text.encode(), f"{slug}.md"), row)
    apply(plan, Choices(), None)
    return ReadingList.objects.get(slug=slug)


@pytest.mark.parametrize("order", [("first", "second"), ("second", "first")])
def test_both_go_out_as_they_came_in(order):
    texts = {"first": FIRST, "second": SECOND}

    rows = {slug: take_in(slug, texts[slug]) for slug in order}

    assert Paper.objects.count() == 2
    assert {slug: text_of_list(row) for slug, row in rows.items()} == texts
