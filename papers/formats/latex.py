"""LaTeX as it stands in BibTeX: read as text that people can read, and written again."""

import re
from functools import cache

from pylatexenc.latex2text import (
    LatexNodes2Text,
    MacroTextSpec,
    SpecialsTextSpec,
    get_default_latex_context_db,
)
from pylatexenc.latexwalker import LatexWalker, LatexWalkerError
from pylatexenc.latexwalker import get_default_latex_context_db as get_walker_context
from pylatexenc.macrospec import LatexContextDb, std_macro

from papers.formats.citing import one_line

PLAIN = re.compile(r"[^\\${}~&%`'\-<>!?#^_]*")
# TeX knows math by its dollars: money has a space within, or no second dollar.
MATH = re.compile(r"(?<!\\)\$(?=\S)(?:\\.|[^$\\])*(?<!\s)\$|\\.|([$%&#])", re.DOTALL)
DEEPEST = 100  # braces within braces; deeper is no text, and costs a parser its stack
# Of these the second argument is what people read.
SECOND = ("href", "textcolor", "foreignlanguage")
_WHOLE = (
    "texttt textsc textsf textrm textup textsl textmd textnormal emph textit textbf underline"
    " mbox hbox mkbibquote mkbibemph enquote url path cite citep citet uppercase lowercase"
)
WHOLE = tuple(_WHOLE.split())
CHARACTERS = {
    "textquotedbl": '"',
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textasciicircum": "^",
    "textasciitilde": "~",
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
}
# BibTeX counts braces with a backslash as well.
ESCAPES = {each: f"\\{each}" for each in "&%$#_"} | {
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
}
# What TeX joins to another character is kept apart: "--", "``", "''", "?`", "!`".
JOINED = re.compile(r"(?<=-)-|(?<=`)`|(?<=')'|(?<=[?!])`")
SPECIAL = re.compile("[" + re.escape("".join(ESCAPES)) + "]")
WORD = re.compile(r"[^\s\-‐–—/:;,.!?()\[\]“”\"]+")


def readable(text: str) -> str:
    """Return LaTeX as one line of Unicode: accents, symbols and math, without braces.

    What is no LaTeX that can be understood stays as it is written.
    """
    if PLAIN.fullmatch(text):
        return one_line(text)
    if text.count("{") > DEEPEST:
        return one_line(text)
    writes, reads = tables()
    writer = LatexNodes2Text(latex_context=writes, math_mode="text", keep_comments=True)
    try:
        nodes, _end, _length = LatexWalker(protected(text), reads).get_latex_nodes()
        return one_line(writer.nodelist_to_text(nodes))
    except (LatexWalkerError, IndexError, ValueError, RecursionError):
        return one_line(text)


def protected(text: str) -> str:
    """Return LaTeX with a backslash before what its maker meant to have one, math aside."""
    return MATH.sub(lambda found: f"\\{found[1]}" if found[1] else found[0], text)


@cache
def tables() -> tuple[LatexContextDb, LatexContextDb]:
    """Return what pylatexenc writes and reads macros by, with what its own make nothing of."""
    text, walker = get_default_latex_context_db(), get_walker_context()
    text.add_context_category(
        "bibtex",
        prepend=True,
        macros=[
            *(MacroTextSpec(name, "%s") for name in WHOLE),
            *(MacroTextSpec(name, "%(2)s") for name in SECOND),
            *(MacroTextSpec(name, sign) for name, sign in CHARACTERS.items()),
            MacroTextSpec("noopsort", discard=True),
        ],
        specials=[SpecialsTextSpec("~", " ")],
    )
    walker.add_context_category(
        "bibtex",
        prepend=True,
        macros=[
            *(std_macro(name, "{") for name in WHOLE),
            *(std_macro(name, "{{") for name in SECOND),
            std_macro("noopsort", "{"),
        ],
    )
    return text, walker


def escaped(text: str) -> str:
    """Return text as LaTeX, in Unicode, that `readable` makes the same text of."""
    return JOINED.sub(lambda found: "{}" + found[0], SPECIAL.sub(lambda c: ESCAPES[c[0]], text))


def titled(title: str) -> str:
    """Return a title as LaTeX, with braces about what a style must not put into lower case.

    Those are words with a capital after their first letter or beside a digit, single capitals
    that are no word, and, in a title whose words are otherwise small, words with a capital first.
    """
    words = WORD.findall(title)
    later = [word for word in words[1:] if word[0].isalpha() and len(word) > 3]
    is_sentence = sum(word[0].islower() for word in later) * 2 > len(later)

    def word(found: re.Match[str]) -> str:
        text = found[0]
        before = title[: found.start()].rstrip()
        is_name = is_sentence and text[0].isupper() and before[-1:] not in ("", *":.?!")
        is_letter = len(text) == 1 and text not in ("A", "I")
        is_code = is_letter or any(sign.isdigit() for sign in text)
        is_mixed = any(sign.isupper() for sign in (text if is_code else text[1:]))
        return f"{{{escaped(text)}}}" if is_name or is_mixed else escaped(text)

    parts, end = [], 0
    for found in WORD.finditer(title):
        parts += [escaped(title[end : found.start()]), word(found)]
        end = found.end()
    return "".join([*parts, escaped(title[end:])])
