"""What is missing in a BibTeX entry that could not be read, and in which line."""

import re

NAME = r"([\w:-]+)"
BEGINS = re.compile(rf"{NAME}\s*=\s*$")
KEYLESS = re.compile(rf"@\s*(?!string)\w+\s*[{{(]\s*(?:[^,={{}}]*\s)?{NAME}\s*=\s*$", re.IGNORECASE)
NEAR = 200  # characters in which a name is looked for
EQUALS = ("=", "#")  # after these a value begins
LAST = re.compile(rf"{NAME}\s*[}})]?\s*$")


def fault(text: str, line: int, is_open: bool) -> str:
    """Return what is missing in an entry that begins in a line, and where.

    `text` goes to where reading it broke off; with `is_open` that is its end, or the next entry.
    """
    if is_open:
        return not_closed(text, line)
    where = line + text.rstrip().count("\n")
    if name := KEYLESS.match(text):
        return f"the key, or the comma behind it, is missing before “{name[1]}” in line {where}"
    if name := LAST.search(text[-NEAR:]):
        return f"“=” is missing after “{name[1]}” in line {where}"
    return f"in line {where} stands a comma too many, or “=” is missing"


def not_closed(text: str, line: int) -> str:
    """Return which value is not closed, else that the entry is not."""
    start, *within = [*unclosed(text), 0][:2]
    field = BEGINS.search(before(text, within[0])) if within else None
    if field:
        sign = "}" if text[within[0]] == "{" else '"'
        where = line + text[: within[0]].count("\n")
        return f"the value of “{field[1]}” in line {where} is not closed: “{sign}” is missing"
    where = line + text[:start].count("\n")
    sign = "}" if text[start : start + 1] == "{" else ")"
    return f"what begins in line {where} is not closed: “{sign}” is missing"


def before(text: str, at: int) -> str:
    return text[max(0, at - NEAR) : at]


def unclosed(text: str) -> list[int]:
    """Return where the braces and quotes stand that are not closed, outermost first."""
    opened: list[int] = []
    for found in re.finditer(r'(?<!\\)[{}"]', text):
        sign, top = found[0], text[opened[-1]] if opened else ""
        if (sign, top) in (("}", "{"), ('"', '"')):
            opened.pop()
        elif sign == "{" or (sign == '"' and before(text, found.start()).rstrip()[-1:] in EQUALS):
            opened.append(found.start())
    return opened
