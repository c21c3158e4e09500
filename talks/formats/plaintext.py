"""Markdown as plain text, for calendars and everything else that shows no markup."""

import html
import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from eventsite.bounds import may_hold_links, readable
from eventsite.memory import Memory

EXCERPT = 600  # characters
KEPT_CHARACTERS = 16_000_000  # of texts in a process, with markup and without

# The dialect of the pages, with HTML parsed, so that it can be left out.
_PARSER = MarkdownIt("js-default", {"html": True, "linkify": False, "typographer": False})
_WITHOUT_LINKS = MarkdownIt("js-default", {"html": True, "linkify": False, "typographer": False})
_WITHOUT_LINKS.disable(["link", "image", "reference"])
_TAG = re.compile(
    r"</?(?:a|abbr|b|blockquote|br|center|cite|code|dd|del|div|dl|dt|em|figure|font"
    r"|h[1-6]|hr|i|iframe|img|ins|kbd|li|link|mark|ol|p|pre|q|s|script|section|small|span"
    r"|strike|strong|style|sub|sup|t[dhr]|table|tbody|tfoot|thead|tt|u|ul|video)\b[^>]{0,1000}>",
    re.IGNORECASE,
)


def plain(markdown: str) -> str:
    """Return the words alone: paragraphs apart by an empty line, items after "- " or "1. ".

    Of a link or a picture the text stays, of HTML what stands between its tags; a word in
    angle brackets that is no HTML, as in "Vec<T>", is a word. Texts are remembered: to read one
    takes a millisecond, and every calendar of a release prints the same ones.
    """
    return remembered(markdown)


def _words_of(markdown: str) -> str:
    blocks: list[str] = []
    lists: list[int | None] = []  # the next number of each open list, None for bullets
    mark = ""
    read = readable(markdown)
    parser = _PARSER if may_hold_links(read) else _WITHOUT_LINKS
    for token in parser.parse(read):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append(_first_number(token))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            mark = _mark(lists)
        elif text := _text(token).strip():
            blocks.append(_joint(blocks, mark) + mark + text)
            mark = ""
    return "".join(blocks)


remembered = Memory(_words_of, lambda text, words: len(text) + len(words), KEPT_CHARACTERS)


def excerpt(markdown: str, length: int = EXCERPT) -> str:
    """Return the plain text, cut at a word to at most `length` characters, "…" included."""
    text = plain(markdown)
    if len(text) <= length:
        return text
    if length < 1:
        return ""
    head = text[: length - 1]
    words = re.match(r".*(?=\s)", text[:length], re.DOTALL)
    return (words.group().rstrip() if words and words.group().strip() else head) + "…"


def _first_number(token: Token) -> int | None:
    return int(token.attrs.get("start", 1)) if token.type == "ordered_list_open" else None


def _mark(lists: list[int | None]) -> str:
    """The mark of the next item, and the list counts on."""
    indent = "  " * (len(lists) - 1)
    number = lists[-1]
    if number is None:
        return f"{indent}- "
    lists[-1] = number + 1
    return f"{indent}{number}. "


def _joint(blocks: Sequence[str], mark: str) -> str:
    if not blocks:
        return ""
    return "\n" if mark else "\n\n"


def _text(token: Token) -> str:
    """The words of one block; empty for what only opens or closes one."""
    if token.type == "inline":
        return "".join(_inline(child) for child in token.children or [])
    if token.type in ("fence", "code_block"):
        return token.content
    if token.type == "html_block":
        return html.unescape(_without_tags(token.content))
    return ""


def _inline(token: Token) -> str:
    if token.type in ("text", "text_special", "code_inline"):
        return token.content
    if token.type == "softbreak":
        return " "
    if token.type == "hardbreak":
        return "\n"
    if token.type == "html_inline":
        return _without_tags(token.content)
    if token.type == "image":
        return "".join(_inline(child) for child in token.children or [])
    return ""


def _without_tags(text: str) -> str:
    return _TAG.sub("", _without_comments(text))


def _without_comments(text: str) -> str:
    """Leave out "<!-- … -->"; a comment that nobody closed is text."""
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        kept.append(text[at:start])
        at = end + 3
    return "".join((*kept, text[at:]))
