"""The formats in which papers leave the catalogue, and papers as pieces of such a file."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from papers.formats import bibtex, citation_text, csl_json, paper_csv, ris
from papers.models import Paper
from papers.querysets import record_of
from papers.records import PaperRecord

AT_ONCE = 1000  # papers: more would have to stand in memory together

Cited: TypeAlias = tuple[int, str]  # a paper's primary key, and the note of the list it is on


@dataclass(frozen=True, slots=True)
class Format:
    """A format of citations; `join` makes one file of the texts of several parts."""

    name: str | Promise
    content_type: str
    dumps: Callable[[Iterable[PaperRecord]], str]
    join: Callable[[Iterator[str]], Iterator[str]]

    @property
    def media_type(self) -> str:
        return self.content_type.partition(";")[0]


def as_they_are(texts: Iterator[str]) -> Iterator[str]:
    """Join parts of a line for each paper."""
    return texts


def one_by_one(texts: Iterator[str]) -> Iterator[str]:
    """Join parts that stand for themselves, with an empty line between."""
    for number, text in enumerate(texts):
        yield text if number == 0 else "\n" + text


def under_one_header(texts: Iterator[str]) -> Iterator[str]:
    """Join tables by leaving out the header of all but the first."""
    for number, text in enumerate(texts):
        yield text if number == 0 else text.partition("\n")[2]


def as_one_array(texts: Iterator[str]) -> Iterator[str]:
    """Join JSON arrays."""
    yield "["
    for number, text in enumerate(texts):
        inner = text.strip()[1:-1].strip()
        yield f",\n{inner}" if number else f"\n{inner}"
    yield "\n]\n"


FORMATS = {
    "bib": Format("BibTeX", "application/x-bibtex; charset=utf-8", bibtex.dumps, one_by_one),
    "ris": Format(
        "RIS", "application/x-research-info-systems; charset=utf-8", ris.dumps, one_by_one
    ),
    "json": Format(
        "CSL-JSON", "application/vnd.citationstyles.csl+json", csl_json.dumps, as_one_array
    ),
    "csv": Format("CSV", "text/csv; charset=utf-8", paper_csv.dumps, under_one_header),
    "md": Format(
        "Markdown", "text/markdown; charset=utf-8", citation_text.dumps_markdown, as_they_are
    ),
    "txt": Format(_("Text"), "text/plain; charset=utf-8", citation_text.dumps, as_they_are),
}


@dataclass(frozen=True, slots=True)
class File:
    """Papers in one format, as a page links them."""

    name: str
    media_type: str
    path: str
    ending: str

    @property
    def is_text(self) -> bool:
        """True for what people copy, which a table is not."""
        return self.ending != "csv"


def files(view: str, *names: str, query: str = "") -> list[File]:
    """Return the links to the papers of a page; `view` is the name of the files' address."""
    return [
        File(str(form.name), form.media_type, reverse(view, args=[*names, ending]) + query, ending)
        for ending, form in FORMATS.items()
    ]


def text_of(file: File, record: PaperRecord) -> str:
    """Return one paper as a file of it holds it."""
    return FORMATS[file.ending].dumps([record])


def pieces(form: Format, cited: Sequence[Cited]) -> Iterator[str]:
    """Yield the text of a file: five queries for each thousand papers, and their memory only.

    A paper that is hidden meanwhile is left out.
    """
    parts = (cited[first : first + AT_ONCE] for first in range(0, len(cited) or 1, AT_ONCE))
    yield from form.join(form.dumps(records(part)) for part in parts)


def records(cited: Iterable[Cited]) -> list[PaperRecord]:
    """Load papers with the notes that a list has on them, in the order given."""
    notes = dict(cited)
    papers = Paper.objects.public().for_citation().in_bulk(list(notes))
    return [record_of(papers[key], note) for key, note in notes.items() if key in papers]
