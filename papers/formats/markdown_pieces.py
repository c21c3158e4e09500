"""Changes single facts inside the lines of a Markdown list, whatever way these are written.

A piece is looked for as it was read and replaced where it stands; what is new is put behind the
title's line in one of several ways (`way`, from 0). Whoever calls reads the outcome again.
"""

import re
from collections.abc import Callable

from papers.formats.markdown_facts import LABELS, Facts, in_words, letter, mark_words, told_by_paper
from papers.marks import LETTERS
from papers.records import LinkRecord

WAYS = 4
DATED = re.compile(
    r"(?P<lead>\s*(?:[-*+]|\d+[.)])\s+)(?P<year>\d{4})(?P<month>\.\d{1,2})?-"
    r"(?P<middle>[^\[\n]*?)(?P<end>-?)(?=\[)"
)
ADDRESS = re.compile(r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*[^()]*\)|(?:https?|ftp)://[^\s)>\"]+")
PAIRS = re.compile(r"\n[-*+] \w[\w ]*: .*\Z", re.DOTALL)  # names with values, below a title
NUMBERED_PREPRINT = re.compile(r"arxiv\s*:\s*\d{4}\.\d+", re.IGNORECASE)
LINE_ENDS = re.compile(r"\n|$")
Step = Callable[[str, Facts, Facts, int], "str | None"]


def rewritten(text: str, printed: Facts, wanted: Facts, way: int = 0) -> str | None:
    """Return a text that said `printed` so that it says `wanted`; None when a piece is missing."""
    steps: tuple[Step, ...] = (links, note, authors, source, marks, title)
    result: str | None = text
    for step in steps:
        if result is not None:
            result = step(result, printed, wanted, way)
    return result


def title(text: str, printed: Facts, wanted: Facts, way: int) -> str | None:
    if printed.title == wanted.title:
        return text
    return swapped(text, text, printed.title, safe(text, wanted.title, way))


def safe(text: str, new: str, way: int) -> str:
    """Return words that may stand in a cell of a table, and inside a link where `way` is odd."""
    escaped = re.sub(r"([\[\]])", r"\\\1", new) if way % 2 else new
    return escaped.replace("|", "\\|") if text.lstrip().startswith("|") else escaped


def authors(text: str, printed: Facts, wanted: Facts, way: int) -> str | None:
    """Names are replaced one by one; a list that prints no authors goes on without."""
    old, new = printed.authors, wanted.authors
    result: str | None = text
    if not old or old == new:
        return text
    for index, name in enumerate(old):
        if result is None:
            return None
        if index < len(new):
            result = swapped(result, masked(result, printed.title), name, new[index])
        else:
            result = dropped(result, masked(result, printed.title), name)
    if result is not None and len(new) > len(old):
        more = ", ".join((new[len(old) - 1], *new[len(old) :]))
        result = swapped(result, masked(result, printed.title), new[len(old) - 1], more)
    return result


def note(text: str, printed: Facts, wanted: Facts, way: int) -> str | None:
    old, new = printed.note, " ".join(wanted.note.split())
    if old.split() == new.split():
        return text
    if not old:
        if PAIRS.search(text):
            return f"{text}\n- note: {new}"
        ways = (f" ({new})", f"\n{indent(text)}- {new}", f" {new}", f". {new}")
        return inserted(text, safe(text, ways[way % WAYS], 0))
    if new:
        return swapped(text, text, old, safe(text, new, 0))
    return removed(text, text, old)


def links(text: str, printed: Facts, wanted: Facts, way: int) -> str | None:
    """A dropped link's address is replaced by a new one of its kind; others go and come whole."""
    before, after = {each.url for each in printed.links}, {each.url for each in wanted.links}
    new = [each for each in wanted.links if each.url not in before]
    result: str | None = text
    for link in printed.links:
        if link.url in after or result is None:
            continue
        if same := next((each for each in new if each.kind == link.kind), None):
            new.remove(same)
            result = readdressed(result, link.url, same.url)
        else:
            result = without_link(result, link.url, printed.title)
    for link in new:
        result = with_link(result, link, way) if result is not None else None
    return result


def readdressed(text: str, old: str, new: str) -> str | None:
    """Replace an address, also where it is its own label."""
    made, count = re.subn(rf"{re.escape(old)}(?![\w/-])", lambda _found: new, text)
    return made if count else None


def without_link(text: str, url: str, name: str) -> str | None:
    """Take a link out with its label; a title keeps empty brackets."""
    label = rf"\[(?P<label>[^\[\]]*)\]\(\s*<?{re.escape(url)}[^)\n]*\)"
    if found := re.search(rf"\s*(?:\[{label}\]|[(]{label.replace('?P<label>', '')}[)])", text):
        return text[: found.start()] + text[found.end() :]
    found = re.search(rf"(?P<space>\s*){label}", text)
    if found and found["label"].split() == name.split():
        return text[: found.start()] + f"{found['space']}[{found['label']}]()" + text[found.end() :]
    if found:
        return text[: found.start()] + text[found.end() :]
    return text.replace(url, "", 1) if url in text else None


def with_link(text: str, link: LinkRecord, way: int) -> str:
    if link.kind == "paper" and "]()" in text:
        return text.replace("]()", f"]({link.url})", 1)
    label = link.label or LABELS.get(link.kind, link.kind.capitalize())
    if link.kind == "version" and not link.label:
        label = " ".join(str(each) for each in (link.year, link.venue, "version") if each)
    label = re.sub(r"[\[\]|]", "", label)
    if PAIRS.search(text) and way % 2 == 0:
        return f"{text}\n- {'pdf' if link.kind == 'paper' else link.kind}: [{label}]({link.url})"
    form = f"[[{label}]({link.url})]" if way % 2 == 0 else f"[{label}]({link.url})"
    return inserted(text, f" {form}")


def source(text: str, printed: Facts, wanted: Facts, way: int) -> str | None:
    """Replace year, month and venue, which in dated bullets stand in front with the marks."""
    names = ("year", "month", "venue", "is_workshop", "presentation")
    if all(getattr(printed, name) == getattr(wanted, name) for name in names):
        return text
    if dated := DATED.match(text):
        return in_front(text, dated, printed, wanted, way)
    missing: list[str] = []
    if printed.venue != wanted.venue:
        text, found = with_venue(text, printed, wanted)
        missing += [wanted.venue] if wanted.venue and not found else []
    if printed.year != wanted.year:
        text, found = with_year(text, printed, wanted)
        missing += [str(wanted.year)] if wanted.year and not found else []
    if not missing:
        return text
    if wanted.venue not in missing and not re.search(spaced(wanted.venue), masked(text, "")):
        missing.insert(0, wanted.venue)  # a heading says it of its own year alone
    words = safe(text, " ".join(filter(None, missing)), 0)
    if PAIRS.search(text):
        return f"{text}\n- {'venue' if wanted.venue in missing else 'year'}: {words}"
    ways = (f" ({words})", f", {words}", f" [{words}]")
    return inserted(text, ways[way % len(ways)])


def with_venue(text: str, printed: Facts, wanted: Facts) -> tuple[str, bool]:
    """Replace the venue where it is printed, and say whether it is."""
    outside = NUMBERED_PREPRINT.sub(blotted, masked(text, printed.title))
    if not printed.venue:
        return text, False
    if wanted.venue:
        made = swapped(text, outside, printed.venue, safe(text, wanted.venue, 0))
    else:
        made = removed(text, outside, printed.venue)
    return (text, False) if made is None else (made, True)


def in_front(
    text: str, dated: re.Match[str], printed: Facts, wanted: Facts, way: int
) -> str | None:
    """Return a dated bullet with other facts in front: 2018-NIPSo-[, or with the mark in words."""
    middle, suffix = dated["middle"], ""
    if not wanted.year or not middle.startswith(printed.venue):
        return None
    rest = middle[len(printed.venue) :]
    if rest[:1] in LETTERS and (len(rest) == 1 or rest[1] == "-"):
        suffix, rest = rest[0], rest[1:]
    if (printed.presentation, printed.is_workshop) != (wanted.presentation, wanted.is_workshop):
        suffix = letter(wanted)
    if printed.venue and not wanted.venue:
        suffix, rest = "", rest.removeprefix("-")
    word, suffix = (LETTERS[suffix], "") if suffix and way % 2 else ("", suffix)
    month = dated["month"] or ""
    if wanted.month != printed.month:
        month = f".{wanted.month:02}" if wanted.month else ""
    if wanted.venue and not printed.venue:
        month = ""  # behind a month a venue would be taken for what the paper is also called
    changed = f"{wanted.venue}{suffix}{rest}" if wanted.venue or suffix != "" else rest
    if not middle and wanted.venue:
        changed = f"{wanted.venue}{letter(wanted)}"
    front = f"{wanted.year}{month}-{changed}" + ("-" if changed else "")
    made = f"{dated['lead']}{front}{text[dated.end() :]}"
    return inserted(made, f" [{word.capitalize()}]") if word else made


def with_year(text: str, printed: Facts, wanted: Facts) -> tuple[str, bool]:
    """Replace the last year of four digits, else that of two behind an apostrophe.

    Say whether there is one: it may stand in the heading above.
    """
    outside, old, new = masked(text, printed.title), str(printed.year), str(wanted.year or "")
    for pattern, year in ((rf"(?<!\d){old}(?!\d)", new), (rf"(?<=['’‘]){old[2:]}(?!\d)", new[2:])):
        places = list(re.finditer(pattern, outside)) if printed.year else []
        if places:
            start, end = places[-1].span()
            return text[:start] + year + text[end:], True
    return text, False


def marks(text: str, printed: Facts, wanted: Facts, way: int) -> str:
    """Take out and put in marks: [Oral], a maker's own as `must read`; letters are the source's."""
    old, new = mark_words(printed), mark_words(wanted)
    for word in sorted(old.keys() - new.keys()):
        pattern = rf"\s*[\[(`]+\s*(?:award: )?{re.escape(word)}\s*!?(?:\s+paper)?\s*!?[\])`]+"
        text = re.sub(pattern, "", text, count=1, flags=re.IGNORECASE)
    in_letters = LETTERS.get(letter(wanted), "") if wanted.venue and DATED.match(text) else ""
    known = {*LETTERS.values(), *told_by_paper(wanted)}
    award = in_words([wanted.award]).keys() - in_words(wanted.marks).keys()
    for word, printed_so in new.items():
        if word not in old and word != in_letters:
            said = f"Award: {printed_so}" if word in award else printed_so.replace("`", "")
            is_plain = (word in known) == (way % 2 == 0)
            text = inserted(text, f" [{said}]" if is_plain else f" `{said}`")
    return text


def masked(text: str, name: str) -> str:
    """Return a text of the same length in which addresses and the title are blotted out."""
    outside = ADDRESS.sub(blotted, text)
    if found := re.search(spaced(name), outside) if name.strip() else None:
        outside = outside[: found.start()] + "\0" * len(found[0]) + outside[found.end() :]
    return outside


def blotted(found: re.Match[str]) -> str:
    return "\0" * len(found[0])


def spaced(words: str) -> str:
    """Return a pattern for words, with white space and signs of emphasis between them."""
    return r"[*_`]*\s+[*_`]*".join(escaped(word) for word in words.split())


def escaped(word: str) -> str:
    """Return a pattern for a word in which signs may stand behind a backslash."""
    return "".join(each if each.isalnum() else rf"\\?{re.escape(each)}" for each in word)


def swapped(text: str, outside: str, old: str, new: str) -> str | None:
    """Replace words where they stand first in `outside`; None when they do not."""
    found = re.search(spaced(old), outside)
    return text[: found.start()] + new + text[found.end() :] if found else None


def removed(text: str, outside: str, old: str) -> str | None:
    """Take words out with the brackets or the bullet that held nothing else."""
    bare = spaced(old)
    for pattern in (rf"\s*\({bare}\)", rf"\s*\[{bare}\]", rf"\n\s*[-*+]?\s*{bare}(?=\n|$)", bare):
        if found := re.search(pattern, outside):
            return text[: found.start()] + text[found.end() :]
    return None


def dropped(text: str, outside: str, name: str) -> str | None:
    """Take a name out of a row of names, with what joined it to the others."""
    found = re.search(rf"\s*(?:,|·|;|&|\band\b)\s*{spaced(name)}", outside)
    found = found or re.search(rf"{spaced(name)}\s*(?:,|·|;|&|\band\b)?\s*", outside)
    return text[: found.start()] + text[found.end() :] if found else None


def inserted(text: str, addition: str) -> str:
    """Put words behind the first line that ends outside a link, or into a table's first cell.

    Above names with values a heading is no title.
    """
    if text.lstrip().startswith("|"):
        end = next(iter(re.finditer(r"(?<!\\)\|", text[text.index("|") + 1 :])), None)
        at = text.index("|") + 1 + end.start() if end else len(text)
    else:
        start = text.find("\n") + 1 if text.startswith("#") and PAIRS.search(text) else 0
        at = next(
            (
                each.start()
                for each in LINE_ENDS.finditer(text, start)
                if balanced(text[: each.start()])
            ),
            len(text),
        )
    head = text[:at].rstrip()
    return f"{head}{addition}{text[len(head) :]}"


def balanced(text: str) -> bool:
    return text.count("[") <= text.count("]") and text.count("(") <= text.count(")")


def indent(text: str) -> str:
    """Return the white space that a line under the first one begins with."""
    start = text[: len(text) - len(text.lstrip())]
    return f"{start}\t" if "\t" in start or re.match(r"\s*\d+[.)]", text) else f"{start}  "
