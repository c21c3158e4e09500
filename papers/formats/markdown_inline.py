"""A line of Markdown taken apart: words, links, brackets, and what is bold or slanted.

Not CommonMark: lists on the web break it (brackets never closed, blanks between label and
address), and people still know what is meant. Linear in the length, whatever it is given.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape

DEEPEST = 4  # brackets within brackets; what lies deeper is plain words

REFERENCE = re.compile(r"[ \t]*\[([^\[\]\n]{1,100})\]:[ \t]*<?(\S+?)>?(?:[ \t]+[\"'(].*)?[ \t]*$")
BRACKETS = re.compile(r"\\.|[\[\]()]", re.DOTALL)
ADDRESS = re.compile(r"<((?:https?|ftp)://[^<>\s]+)>|((?:https?|ftp)://[^\s<>|\"\]]+)")
SIGNS = re.compile(
    r"\\[^\w\s]|!?\[|\(|\*+|(?<![^\W_])_+|_+(?![^\W_])|`+|<?(?:https?|ftp)://", re.DOTALL
)
OPENERS = {"]": "[", ")": "("}
INVISIBLE = str.maketrans(dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\ufe0f\xad"))
SOFT_HYPHEN = re.compile("-\xad?\u2010|\xad\u2010")
EMOJI = re.compile(r":[a-z][a-z_0-9+]+:")
ADDRESS_END = re.compile(r"[\s)]|$")
IS_ADDRESS = re.compile(r"\s*<?(?:(?:https?|ftp):/|www\.|#|/|\.)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line; `inner` is what a bracket, a parenthesis or a label holds."""

    kind: str  # text, link, image, bracket, paren, code
    text: str  # without signs
    url: str = ""
    bold: bool = False
    slanted: bool = False
    inner: tuple["Piece", ...] = ()


def pieces(text: str, references: Mapping[str, str] | None = None) -> tuple[Piece, ...]:
    """Return the parts of a line in their order; `references` are addresses by folded label."""
    return tuple(Line(text, references or {}).read(0, len(text), 0))


def plain(parts: Iterable[Piece]) -> str:
    """Return the words as they are read, brackets included, on one line."""
    return tidy("".join(shown(part) for part in parts))


def shown(part: Piece) -> str:
    if part.kind == "bracket":
        return f"[{part.text}]"
    return f"({part.text})" if part.kind == "paren" else part.text


def tidy(text: str) -> str:
    """Return words with single blanks between them and nothing that cannot be seen."""
    if "\u2010" in text:
        text = SOFT_HYPHEN.sub("-", text)
    return " ".join(text.replace("\ufffc", " ").translate(INVISIBLE).split())


def folded_label(label: str) -> str:
    return " ".join(label.casefold().split())


def partners(text: str) -> dict[int, int]:
    """Return for each bracket where it is closed: one pass, each sign put away once."""
    found: dict[int, int] = {}
    waiting = {"[": 0, "(": 0}
    opened: list[tuple[str, int]] = []
    for match in BRACKETS.finditer(text):
        sign, at = match.group(), match.start()
        if sign in waiting:
            opened.append((sign, at))
            waiting[sign] += 1
        elif sign in OPENERS and waiting[OPENERS[sign]]:
            kind = ""
            while kind != OPENERS[sign]:
                kind, start = opened.pop()
                waiting[kind] -= 1
            found[start] = at
    return found


class Line:
    """A text being taken apart."""

    def __init__(self, text: str, references: Mapping[str, str]):
        self.text, self.references = text, references
        self.partner = partners(text)
        self.unclosed: set[str] = set()  # runs of backquotes without a second one
        self.bold = self.slanted = False

    def read(self, start: int, end: int, depth: int) -> Iterator[Piece]:
        """Yield the parts between two offsets."""
        words: list[str] = []
        while match := SIGNS.search(self.text, start, end):
            words.append(self.text[start : match.start()])
            read = self.special(match, end, depth)
            if isinstance(read, str):
                words.append(read)
                start = match.end()
                continue
            if words and (text := unescape("".join(words))):
                yield Piece("text", text, bold=read[2], slanted=read[3])
            words = []
            if read[0]:
                yield read[0]
            start = read[1]
        if text := unescape("".join([*words, self.text[start:end]])):
            yield Piece("text", text, bold=self.bold, slanted=self.slanted)

    def special(
        self, match: re.Match[str], end: int, depth: int
    ) -> str | tuple[Piece | None, int, bool, bool]:
        """Return what a sign stands for: words, or a part, where it ends, and what was before."""
        sign, at = match.group(), match.start()
        was = self.bold, self.slanted
        if sign[0] == "\\":
            return sign[1]
        if sign[0] in "*_":
            return (None, match.end(), *was) if self.toggled(match, end) else sign
        if sign[0] == "`":
            return self.code(sign, match.end(), end, was)
        if "://" in sign:
            return self.address(at, end, was)
        opener = match.end() - 1
        close = self.partner.get(opener, end)
        if close >= end or depth >= DEEPEST:
            return sign
        inner = tuple(self.read(opener + 1, close, depth + 1))
        if sign == "(":
            return (Piece("paren", plain(inner), "", *was, inner), close + 1, *was)
        return (*self.bracket(sign, inner, opener, close, end, was), *was)

    def toggled(self, match: re.Match[str], end: int) -> bool:
        """Switch bold or slanted when the sign opens or closes it; else it is a sign itself."""
        sign, text = match.group(), self.text
        before = text[match.start() - 1] if match.start() else " "
        after = text[match.end()] if match.end() < end else " "
        size = len(sign) if len(sign) < 3 else 3
        is_open = self.bold if size == 2 else self.slanted
        opens = not is_open and not before.isalnum() and not after.isspace()
        if not (opens or (is_open and not before.isspace()) or (is_open and size == 2)):
            return False
        self.bold ^= size >= 2
        self.slanted ^= size != 2
        return True

    def code(
        self, run: str, start: int, end: int, was: tuple[bool, bool]
    ) -> str | tuple[Piece | None, int, bool, bool]:
        close = -1 if run in self.unclosed else self.text.find(run, start, end)
        if close < 0:
            self.unclosed.add(run)
            return run
        return Piece("code", tidy(self.text[start:close]), "", *was), close + len(run), *was

    def address(
        self, at: int, end: int, was: tuple[bool, bool]
    ) -> str | tuple[Piece | None, int, bool, bool]:
        match = ADDRESS.match(self.text, at, end)
        if not match:
            return self.text[at : at + 8] if self.text.startswith("https://", at) else ""
        url = match.group(1) or match.group(2)
        if not match.group(1):
            url = url.rstrip(".,;:*'")
            while url.endswith(")") and url.count(")") > url.count("("):
                url = url[:-1].rstrip(".,;:")
        stop = match.end() if match.group(1) else at + len(url)
        return Piece("link", "", url, *was), stop, *was

    def bracket(
        self,
        sign: str,
        inner: tuple[Piece, ...],
        opener: int,
        close: int,
        end: int,
        was: tuple[bool, bool],
    ) -> tuple[Piece, int]:
        """Return a link, an image or a mere bracket, and where it ends."""
        url, stop = self.target(opener, close, end)
        kind = "bracket" if url is None else "image" if sign[0] == "!" else "link"
        text, bold, slanted = plain(inner), *was
        if kind == "link" and len(inner) == 1 and inner[0].kind == "bracket":
            text = inner[0].text  # [[pdf]](address)
        if kind == "link" and inner and all(part.bold for part in inner if part.text.strip()):
            bold = True
        return Piece(kind, text, url or "", bold, slanted, inner), stop

    def target(self, opener: int, close: int, end: int) -> tuple[str | None, int]:
        """Return the address that a bracket leads to and where it ends; None without one."""
        text, after = self.text, close + 1
        if text[after : after + 1] == "(":
            stop = self.partner.get(after, -1)
            if not after < stop < end:
                found = ADDRESS_END.search(text, after + 1, end)
                stop = found.start() if found else end
            return target_address(text[after + 1 : stop]), min(stop + 1, end)
        if text[after : after + 2] == " (" and IS_ADDRESS.match(text, after + 2):
            stop = self.partner.get(after + 1, -1)
            if after < stop < end:
                return target_address(text[after + 2 : stop]), stop + 1
        label = text[opener + 1 : close]
        if text[after : after + 1] == "[" and after < (stop := self.partner.get(after, -1)) < end:
            named = text[after + 1 : stop] or label
            url = self.references.get(folded_label(named))
            return (None, after) if url is None else (url, stop + 1)
        return self.references.get(folded_label(label)), after


def target_address(text: str) -> str:
    """Return the address within `](...)`: its title left out, wrapped parts joined."""
    text = text.strip().strip("<>")
    if "\n" in text:
        return "".join(text.split())
    first, _, rest = text.partition(" ")
    return first if rest.lstrip()[:1] in ("", '"', "'", "(") else "".join(text.split())
