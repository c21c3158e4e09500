"""What is written in HTML within a Markdown list, as Markdown."""

import re

MARKUP = re.compile(r"[ \t]*<(?:/?[a-zA-Z]|!doctype)", re.IGNORECASE)
BLOCK = re.compile(
    r"[ \t]*<(/?)(h[1-6]|p|li|tr|table|thead|tbody|ul|ol|div|section|center|details|summary|dl|dt"
    r"|dd|article|main|header|footer|nav|hr|br|html|body|head|script|style|link|meta|title|font"
    r"|blockquote|figure|iframe|picture|source|span|td|th|a|img|b|strong|i|em|!doctype)\b",
    re.IGNORECASE,
)
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})((?:\s|/)[^<>]{0,2000})?>")
NAMED = re.compile(r"\b(href|src|alt)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
CELL = re.compile(r"<t([dh])\b[^<>]{0,500}>", re.IGNORECASE)
BREAK = re.compile(r"\\[ \t]*\n")
BLANKS = re.compile(r"[ \t]{2,}")
SIGNS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`"}
LONGEST = 200  # lines that one paragraph, item or row in HTML may take

Found = tuple[str, str, int, int, tuple[str, ...], tuple[str, ...]]


def as_markdown(text: str) -> str:
    """Return a text with its tags as Markdown: links, images, bold; other tags are left out."""
    text = BREAK.sub("\n", BLANKS.sub(" ", text))
    if "<" not in text:
        return text
    addresses: list[str] = []

    def sign(match: re.Match[str]) -> str:
        closing, name, rest = match.group(1), match.group(2).lower(), match.group(3) or ""
        if name in SIGNS:
            return SIGNS[name]
        if name == "br":
            return "\n"
        if name == "a" and closing:
            return f"]({addresses.pop()})" if addresses else ""
        if name == "a":
            values = attributes(rest)
            if "href" not in values:
                return ""
            addresses.append(values["href"].replace(" ", "%20"))
            return "["
        if name == "img" and not closing:
            values = attributes(rest)
            return f"![{values.get('alt', '')}]({values.get('src', '').replace(' ', '%20')})"
        return " " if name in ("td", "th", "p", "li", "div") else ""

    return TAG.sub(sign, text)


def attributes(text: str) -> dict[str, str]:
    return {
        m.group(1).lower(): m.group(2) or m.group(3) or m.group(4) or ""
        for m in NAMED.finditer(text)
    }


def block_of_markup(lines: list[str], at: int) -> Found | None:
    """Return the block that begins here: its kind, text, lines, level and cells; None for
    words."""
    match = BLOCK.match(lines[at])
    if match is None:
        return None
    closing, name = match.group(1), match.group(2).lower()
    if closing:
        return rest_of(lines[at])
    if name in ("p", "li", "tr", "dt", "dd", "summary") or (name[0] == "h" and name[1:].isdigit()):
        text, taken = inside(lines, at, name)
        return element(name, text, taken)
    if name == "details" and "<summary" in lines[at].lower():
        text, taken = inside(lines, at, "summary")
        return element("summary", text, taken)
    if name in ("a", "img", "b", "strong", "i", "em", "span", "font"):
        return None
    return rest_of(lines[at])


def rest_of(line: str) -> Found | None:
    """Return mere tags as such; None when words or a link stand beside them."""
    text = as_markdown(line).strip(" \t*")
    return None if text else ("markup", line, 1, 0, (), ())


def inside(lines: list[str], at: int, name: str) -> tuple[str, int]:
    """Return the source of an element without its own tags, and how many lines it takes."""
    taken = []
    close, opener = f"</{name}", f"<{name}"
    for number, line in enumerate(lines[at : at + LONGEST]):
        low = line.lower()
        if number and (opener in low or (not line.strip() and name != "tr")):
            break
        taken.append(line)
        if close in low:
            break
    return "\n".join(taken), len(taken)


def element(name: str, source: str, taken: int) -> Found:
    if name == "tr":
        parts = CELL.split(source)
        cells = tuple(as_markdown(cell).strip() for cell in parts[2::2])
        if parts[1:2] == ["h"]:
            return "markup", source, taken, 0, cells, cells
        return "row", source, taken, 0, cells, ()
    text = as_markdown(source).strip()
    if not text:
        return "markup", source, taken, 0, (), ()
    if name[0] == "h" and name[1:].isdigit():
        return "heading", " ".join(text.split()), taken, int(name[1]), (), ()
    if name == "summary":
        return "summary", text, taken, 0, (), ()
    return ("item" if name in ("li", "dt") else "paragraph"), text, taken, 0, (), ()
