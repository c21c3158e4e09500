"""The entries of a BibTeX file: strings put in, fields inherited, and what is broken reported."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bibtexparser import model
from bibtexparser.entrypoint import parse_string
from bibtexparser.exceptions import ParserStateException

from papers.entries import Refused, Skipped
from papers.formats.bibtex_faults import fault

_MONTHS = "January February March April May June July August September October November December"
MONTHS = tuple(_MONTHS.split())
# Names in full and "sept" are no macros of BibTeX, but stand in many files.
MACROS = {name.lower(): month for month in MONTHS for name in (month[:3], month)}
MACROS["sept"] = "September"
PIECES = re.compile(r'(?<!\\)[{}"#]')
PIECE = re.compile(r"""\{.*\}|".*"|[^\s"#%'(),={}]*""", re.DOTALL)
# What an entry says of itself alone. A volume's DOI or address would make one work of its papers.
_OWN = (
    "crossref xref xdata entryset ids key label keywords note annotation annote abstract "
    "options shorttitle indextitle sorttitle shorthand presort sortkey doi url urldate eprint "
    "eprinttype archiveprefix arxivid pmid file pdf code verba related"
)
OWN = frozenset(_OWN.split())
_VOLUMES = "book mvbook collection mvcollection proceedings mvproceedings reference mvreference"
VOLUMES = frozenset(_VOLUMES.split())
COLLECTIONS = VOLUMES - {"book", "mvbook"}  # a book is a work of its own
# How a part calls what its volume calls title.
WITHIN = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}


DEEPEST = 10  # volumes of volumes; two or three in earnest
MOST_PUT_IN = 4  # how many times as long as the file its strings make it


class Strings:
    """What names stand for in a file; what they make of it has a limit, else 3 kB give 10 GB."""

    def __init__(self, room: int):
        self.values, self.room = dict(MACROS), room

    def put_in(self, name: str) -> str | None:
        """Return what a name stands for. Raises Refused when that makes the file too long."""
        value = self.values.get(name.lower())
        self.room -= len(value or "")
        if self.room < 0:
            raise Refused(f"Its strings make this BibTeX more than {MOST_PUT_IN} times as long.")
        return value


@dataclass(frozen=True, slots=True)
class Block:
    """An entry with its fields in LaTeX, by their names in lower case."""

    kind: str  # "article"
    key: str
    fields: dict[str, str]
    line: int
    text: str
    warnings: tuple[str, ...] = ()
    is_volume: bool = False  # others in the file say that they stand in it


def blocks(text: str) -> tuple[list[Block], list[Skipped]]:
    """Return the entries of a file in their order, and what is none or broken.

    Raises Refused when there is nothing of BibTeX in it.
    """
    if not re.search(r"@\s*\w+\s*[{(]", text):
        raise Refused("This is no BibTeX: no entry begins in it, such as “@article{”.")
    try:
        parsed = parse_string(text.replace("\r\n", "\n").replace("\r", "\n"), [])
    except ParserStateException as error:
        raise Refused("This BibTeX is broken in a way that hides where.") from error
    strings = Strings(MOST_PUT_IN * len(text) + 100_000)
    found: list[Block] = []
    skipped: list[Skipped] = []
    for block in parsed.blocks:
        try:
            each = taken(block, strings)
        except Refused:
            raise
        except ValueError as error:
            each = Skipped(line_of(block), block.raw or "", str(error))
        if isinstance(each, Block):
            found.append(each)
        elif each:
            skipped.append(each)
    return inherited(found), skipped


def taken(block: model.Block, strings: Strings) -> Block | Skipped | None:
    """Return what a block holds; a string is kept for those that follow."""
    if isinstance(block, model.String):
        strings.values[block.key.lower()] = resolved(block.value, strings)[0]
        return None
    if isinstance(block, model.Entry):
        return entry(block, strings)
    whole = getattr(block, "ignore_error_block", None)
    if isinstance(block, model.DuplicateFieldKeyBlock) and isinstance(whole, model.Entry):
        return repeated(whole, block.duplicate_keys, strings)
    return reported(block)


def entry(block: model.Entry, strings: Strings) -> Block:
    """Return an entry; of a field that stands twice the first counts, as for BibTeX."""
    fields: dict[str, str] = {}
    warnings = []
    for each in block.fields:
        try:
            value, unknown = resolved(str(each.value), strings)
        except Refused:
            raise
        except ValueError as error:
            raise ValueError(f"{error} in line {(each.start_line or 0) + 1}") from error
        fields.setdefault(each.key.lower(), value)
        warnings += [
            f"“{name}”, the {each.key.lower()}, stands for nothing in this file."
            for name in unknown
        ]
    return Block(
        kind=block.entry_type.lower(),
        key=block.key,
        fields=fields,
        line=line_of(block),
        text=block.raw or "",
        warnings=tuple(warnings),
    )


def repeated(block: model.Entry, names: set[str], strings: Strings) -> Block:
    """Return an entry in which fields stand twice, with a warning."""
    warning = f"More than once in this entry, the first was taken: {', '.join(sorted(names))}."
    found = entry(block, strings)
    return replace(found, warnings=(*found.warnings, warning))


def reported(block: model.Block) -> Skipped:
    """Return what is no entry with its reason."""
    reason, is_fault = "a comment", False
    if isinstance(block, model.Preamble):
        reason = "instructions for LaTeX"
    elif isinstance(block, model.DuplicateBlockKeyBlock):
        first = line_of(block.previous_block)
        reason = f"the key “{block.key}” is that of the entry in line {first} already"
        is_fault = True
    elif isinstance(block, model.ParsingFailedBlock):
        is_open = getattr(block.error, "abort_reason", "").startswith("Unexpected")
        reason, is_fault = fault(block.raw or "", line_of(block), is_open), True
    return Skipped(line_of(block), block.raw or "", reason, is_fault)


def line_of(block: model.Block) -> int:
    return (block.start_line or 0) + 1


def resolved(value: str, strings: Strings) -> tuple[str, list[str]]:
    """Return a value without its braces or quotes, its strings put in, and unknown strings.

    Raises ValueError where it goes on after its end: a comma is missing.
    """
    text, unknown = "", []
    for piece in pieces(value):
        if not PIECE.fullmatch(piece) or (piece[:1] == "{" and not closes_last(piece)):
            raise ValueError(f"a comma is missing before or after “{' '.join(piece.split())[:60]}”")
        if piece[:1] in ("{", '"'):
            text += piece[1:-1]
        elif (known := strings.put_in(piece)) is not None:
            text += known
        elif piece[:1].isdecimal():
            text += piece
            unknown += [] if piece.isdecimal() else [piece]
        elif piece:
            unknown.append(piece)
    return text, unknown


def closes_last(piece: str) -> bool:
    """Whether the brace that a value begins with is closed by its last character."""
    depth = 0
    for found in PIECES.finditer(piece):
        depth += (found[0] == "{") - (found[0] == "}")
        if not depth and found[0] == "}":
            return found.end() == len(piece)
    return False


def pieces(value: str) -> Iterator[str]:
    """Yield what "#" joins; within braces or quotes it joins nothing."""
    depth, start, is_quoted = 0, 0, False
    for found in PIECES.finditer(value):
        sign = found[0]
        depth += (sign == "{") - (sign == "}")
        if sign == '"' and not depth:
            is_quoted = not is_quoted
        elif sign == "#" and not depth and not is_quoted:
            yield value[start : found.start()].strip()
            start = found.end()
    yield value[start:].strip()


def inherited(found: list[Block]) -> list[Block]:
    """Return entries with what `crossref` and `xdata` lend them."""
    by_key = {block.key.lower(): block for block in reversed(found)}
    done: dict[str, Block] = {}
    within = {
        name
        for block in found
        for name in lenders(block)
        if name in by_key and by_key[name].kind in COLLECTIONS and by_key[name] is not block
    }
    return [
        replace(lent(block, by_key, done, ()), is_volume=block.key.lower() in within)
        for block in found
    ]


def lent(
    block: Block, by_key: Mapping[str, Block], done: dict[str, Block], above: tuple[str, ...]
) -> Block:
    """Return an entry with what it inherits; who inherits from itself gets nothing."""
    fields, warnings = dict(block.fields), list(block.warnings)
    above = (*above, block.key.lower())
    for name in lenders(block):
        parent = by_key.get(name)
        if parent is None:
            warnings.append(f"“{name}”, which it refers to, is not in this file.")
        elif name not in above and len(above) <= DEEPEST:
            if name not in done:
                done[name] = lent(parent, by_key, done, above)
            fields = offers(done[name], block) | fields
    return replace(block, fields=fields, warnings=tuple(warnings))


def lenders(block: Block) -> list[str]:
    names = f"{block.fields.get('xdata', '')},{block.fields.get('crossref', '')}".split(",")
    return [name.strip().lower() for name in names if name.strip()]


def offers(parent: Block, child: Block) -> dict[str, str]:
    """Return what a volume lends to its parts, and a store of fields to anybody."""
    if parent.kind == "xdata":
        return {name: value for name, value in parent.fields.items() if name != "xdata"}
    is_part = parent.kind in VOLUMES and child.kind not in VOLUMES
    names = WITHIN if is_part else {}
    lost = OWN | ({"author"} if is_part else set()) | ({"title"} if parent.kind == "set" else set())
    return {
        names.get(name, name): value
        for name, value in parent.fields.items()
        if name not in lost and not (name in WITHIN.values() and is_part)
    }
