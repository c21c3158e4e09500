"""Files of papers as people give them: which format they are in, and which reader takes them.

What a file is shows in its content; its name only decides between formats that look alike.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from papers.entries import Document, Refused
from papers.formats import (
    acl_xml,
    bibtex,
    csl_json,
    json_lists,
    markdown_list,
    openreview_json,
    papercopilot_json,
    ris,
    table,
    xlsx,
)
from papers.formats.encoding import decoded
from papers.formats.json_lists import objects, parsed
from papers.formats.table_columns import recognised

MOST_BYTES = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Format:
    """A format that is read: how it is called, and how its files end."""

    label: str
    extensions: tuple[str, ...]


FORMATS: dict[str, Format] = {
    "markdown_list": Format("Markdown list", (".md", ".markdown", ".txt")),
    "bibtex": Format("BibTeX", (".bib", ".bibtex")),
    "ris": Format("RIS", (".ris",)),
    "csl_json": Format("CSL-JSON", (".json",)),
    "openreview_json": Format("OpenReview JSON", (".json",)),
    "papercopilot_json": Format("papercopilot JSON", (".json",)),
    "json": Format("JSON (HotCRP, lists of objects)", (".json",)),
    "acl_xml": Format("ACL Anthology XML", (".xml",)),
    "table": Format("CSV or TSV table", (".csv", ".tsv", ".tab")),
    "xlsx": Format("XLSX spreadsheet", (".xlsx",)),
}
BINARIES = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a packed archive"),
    (b"BZh", "a packed archive"),
    (b"7z\xbc\xaf", "a packed archive"),
    (b"Rar!", "a packed archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file; save it as XLSX or CSV"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "a Word document"),
)
CSL_TYPES = re.compile(r"article|paper|book|chapter|report|thesis|dataset|webpage|manuscript")
ENTRY = re.compile(r"^[ \t]*@[A-Za-z]+\s*[{(]", re.MULTILINE)
TAG_OF_RIS = re.compile(r"^TY  ?-", re.MULTILINE)


def check_size(size: int) -> None:
    """Refuse a file by its size; to be asked before it is read into memory."""
    if size > MOST_BYTES:
        raise Refused(f"The file is larger than {MOST_BYTES // 1024 // 1024} MB.")


def read(
    content: bytes,
    file_name: str = "",
    format: str = "",
    mapping: Mapping[str, str] | None = None,
) -> Document:
    """Return what a file holds; `format` is a key of FORMATS, found by the content when empty.

    `mapping` says which column of a table (by its header) is which of our fields. Raises Refused
    with a sentence for whoever gave the file.
    """
    check_size(len(content))
    if format and format not in FORMATS:
        raise Refused(f"There is no format “{format}”; there are {', '.join(FORMATS)}.")
    if content.startswith(b"PK\x03\x04"):
        return xlsx.read(content, mapping)
    for start, what in BINARIES:
        if content.startswith(start):
            raise Refused(f"This is {what}. {understood()}")
    text, encoding = decoded(content)
    if not text.strip():
        raise Refused("There is nothing in it.")
    format = format or sniffed(text, file_name)
    return replace(_read(text, format, file_name, mapping), encoding=encoding)


def understood() -> str:
    return f"Understood are {', '.join(one.label for one in FORMATS.values())}."


def sniffed(text: str, file_name: str = "") -> str:
    """Return the format of a text, a key of FORMATS. Raises Refused for what is none."""
    start = text[:20_000].lstrip("\ufeff \t\r\n")
    ending = "." + file_name.rpartition(".")[2].lower() if "." in file_name else ""
    if start[:1] in ("{", "[") and (ending == ".json" or re.match(r"[{\[]\s*[\"{\[\]}]", start)):
        return _sort_of_json(text)
    if start.startswith("<") and _is_xml(start):
        return "acl_xml"
    if TAG_OF_RIS.search(start[:2000]) and ending not in FORMATS["table"].extensions:
        return "ris"
    if ENTRY.match(start) or (ENTRY.search(text) and (ending == ".bib" or start[:1] in "%@")):
        return "bibtex"
    if ending in FORMATS["table"].extensions:
        return "table"
    if ending not in (".md", ".markdown") and _is_table(start):
        return "table"
    if re.match(r"(?i)<!doctype html|<html\b", start):
        return _of_page(text)
    by_name = [name for name, one in FORMATS.items() if ending in one.extensions]
    return by_name[0] if by_name and ending != ".json" else "markdown_list"


def _read(text: str, format: str, file_name: str, mapping: Mapping[str, str] | None) -> Document:
    if format == "table":
        return table.read(text, mapping)
    if format == "json":
        return json_lists.read(text, mapping)
    if format == "papercopilot_json":
        return papercopilot_json.read(text, file_name)
    if format == "xlsx":
        raise Refused("This is no XLSX file.")
    return READERS[format](text)


READERS = {
    "markdown_list": markdown_list.read,
    "bibtex": bibtex.read,
    "ris": ris.read,
    "csl_json": csl_json.read,
    "openreview_json": openreview_json.read,
    "acl_xml": acl_xml.read,
}


def _sort_of_json(text: str) -> str:
    value = parsed(text)
    found = objects(value)
    if not found:
        raise Refused("This JSON holds no list of papers.")
    first = found[0]
    if any(isinstance(one.get("content"), dict) for one in found[:10]):
        return "openreview_json"
    authors = first.get("author")
    is_csl = isinstance(first.get("type"), str) and (
        "issued" in first or isinstance(authors, list) or CSL_TYPES.search(str(first["type"]))
    )
    if is_csl and "pid" not in first:
        return "csl_json"
    return "papercopilot_json" if papercopilot_json.is_one(found) else "json"


def _is_xml(start: str) -> bool:
    return start.startswith("<?xml") or bool(re.match(r"<(?:collection|volume)\b", start))


def _is_table(start: str) -> bool:
    """Whether the first line names columns: at least two known ones, between separators."""
    first = start.partition("\n")[0]
    return any(
        recognised([name.strip(' "\r') for name in first.split(sign)]) >= 2 for sign in ",;\t"
    )


def _of_page(text: str) -> str:
    """A page of the web is read as a list when it has lists or paragraphs with links."""
    if len(re.findall(r"(?i)<(?:li|p|td)\b[^>]*>", text)) >= 3 and "href" in text:
        return "markdown_list"
    raise Refused(f"This is a web page that holds no list of papers. {understood()}")
