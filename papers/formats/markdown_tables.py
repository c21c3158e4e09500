"""Tables of a Markdown list: the first row names the columns, each other row is a paper."""

import re
from collections.abc import Mapping, Sequence

from papers.formats.markdown_blocks import Block
from papers.formats.markdown_drafts import Draft, take_tag
from papers.formats.markdown_grammars import Split, bold, linked, plainly, quoted
from papers.formats.markdown_html import as_markdown
from papers.formats.markdown_inline import Piece, pieces, plain, tidy
from papers.formats.markdown_links import is_label, kind_by_label, link_kind
from papers.formats.markdown_people import people
from papers.formats.markdown_places import place_of
from papers.formats.markdown_tails import gather

COLUMNS = {  # role of a column: its names; the first that fits
    "title": r"(?:paper\s*)?title|paper ?name|(?:paper )?titles?\b.*"
    r"|论文(?:题目|标题|名称)?|标题|题目|名称",
    "authors": r"(?:first )?authors?|writers?|作者",
    "venue": r"venues?|conf(?:erence)?s?|journals?|publi(?:cation|sher|shed)s?(?: in| venue)?"
    r"|pub\.?|proceedings?"
    r"|where|source|会议.*|期刊.*|发表.*|(?:conference|venue|journal)\s*[/&|]\s*\w+|venue.*|published.*",
    "date": r"years?|dates?|time|published (?:date|on)|publish date|month"
    r"|日期|年份|时间|first released|release.*",
    "code": r"(?:official |open )?(?:source )?codes?|github|repo(?:sitory)?|implementations?"
    "|code.*|代码|链接代码",
    "paper": r"papers?|papers? ?links?|pdfs?|arxiv|(?:paper )?urls?|links?|论文链接|reference.*"
    "|paper.*|article|work|works?",
    "project": r"projects?|(?:project |home) ?pages?|websites?|demos?|homepage|主页|project.*",
    "video": r"videos?|talks?|youtube",
    "slides": r"slides?|posters?",
    "dataset": r"data ?sets?",
    "alias": r"(?:model|method|algorithm|approach|network|abbr|short) ?(?:name)?s?|names?"
    "|abbreviations?|acronyms?|模型|方法",
    "flags": r"(?:type|category|categories|task|tasks|tags?|keywords?|topics?|area|field|class|类型"
    "|类别|标签)s?",
    "note": r"(?:notes?|summary|comments?|remarks?|description|tl;?dr|highlights?|contributions?"
    r"|brief|main idea|备注|简介|institut\w*|affiliation|org.*)s?",
}
ROLES = {role: re.compile(names, re.IGNORECASE) for role, names in COLUMNS.items()}
NUMBER = re.compile(r"[\W\d_]*[kKmMbBgG%]?[\W_]*$")


def roles_of(header: Sequence[str], rows: Sequence[Block]) -> dict[int, str]:
    """Return what the columns hold, by their place; no title when no column holds titles."""
    roles: dict[int, str] = {}
    for at, cell in enumerate(header):
        name = plain(pieces(as_markdown(cell))).strip(" *`:")
        name = name.replace("(s)", "s")
        name = re.sub(r"^[^\w(]+|[^\w)]+$", "", name)
        role = next((one for one, names in ROLES.items() if names.fullmatch(name)), "")
        if (role and role not in roles.values()) or role in ("code", "paper", "project", "note"):
            roles[at] = role
    if "title" not in roles.values():
        candidates = [
            at for at in range(len(header)) if roles.get(at, "paper") in ("paper", "alias", "flags")
        ]
        best = max(
            candidates, key=lambda at: (titles(rows, at), roles.get(at) == "paper"), default=None
        )
        if best is not None and titles(rows, best) >= max(1, len(rows) * 0.4):
            roles[best] = "title"
    return roles


def titles(rows: Sequence[Block], at: int) -> int:
    """Return in how many rows this cell may be a title: some words, linked or not."""
    count = 0
    for row in rows:
        cell = as_markdown(row.cells[at]) if at < len(row.cells) else ""
        split = title_in(pieces(cell))
        least = 2 if split and any(part.slanted for part in split.after) else 3  # words
        count += bool(split and len(split.title.split()) >= least)
    return count


def title_in(parts: tuple[Piece, ...]) -> Split | None:
    """Return the title of a cell with what stands about it."""
    if found := linked(parts) or bold(parts):
        return found
    found = quoted(parts)
    if found and people(plain(found.before).rstrip(' "“„')):
        return found
    found = plainly(parts)
    slanted = next((part.text for part in found.after if part.slanted), "") if found else ""
    if people(slanted, sure=False):
        return found
    at = next((n for n, part in enumerate(parts) if part.kind == "link"), len(parts))
    first = next(
        (
            n
            for n, part in enumerate(parts)
            if part.text.strip() and part.kind not in ("image", "link")
        ),
        None,
    )
    if first is None:
        return None
    at = next(
        (n for n in range(first, len(parts)) if parts[n].kind == "link" or "\n" in parts[n].text),
        len(parts),
    )
    words, _, below = (
        parts[at].text.partition("\n")
        if at < len(parts) and parts[at].kind == "text"
        else ("", "", "")
    )
    title = tidy(plain(parts[first:at]) + " " + words)
    if not title or is_label(title) or NUMBER.fullmatch(title):
        return None
    rest = (Piece("text", below), *parts[at + 1 :]) if words or below else parts[at:]
    return Split("plain", title, "", parts[:first], rest)


def draft_of_row(
    row: Block, roles: Mapping[int, str], references: Mapping[str, str]
) -> Draft | None:
    """Return what a row says; None when it has no title."""
    cells = {at: pieces(as_markdown(cell), references) for at, cell in enumerate(row.cells)}
    at = next((at for at, role in roles.items() if role == "title"), None)
    found = title_in(cells[at]) if at is not None and at in cells else None
    if found is None:
        return None
    draft = Draft(Split("table", found.title, found.url), alias=found.alias)
    draft.authors = found.authors
    draft.link("paper", found.url)
    gather(draft, found.before, is_before=True)
    gather(draft, found.after)
    for column, parts in cells.items():
        if column != at:
            take_cell(
                draft,
                roles.get(column, ""),
                parts,
                row.header[column] if column < len(row.header) else "",
            )
    return draft


def take_cell(draft: Draft, role: str, parts: tuple[Piece, ...], name: str) -> None:
    """Take what a cell says, as its column promises."""
    text = plain(parts)
    if not text.strip(" -–—/\\*?") or text.lower() in (
        "n/a",
        "none",
        "nan",
        "tbd",
        "null",
        "no",
        "x",
    ):
        return
    links = every_link(parts)
    if role in ("code", "paper", "project", "video", "slides", "dataset"):
        take_links(draft, parts, links, role)
    elif role == "authors":
        draft.authors = draft.authors or people(text, sure=False)
    elif role in ("venue", "date"):
        take_place(draft, parts, links, role == "venue")
    elif role == "flags":
        for word in re.split(r"[,;/|]|\s{2,}", text):
            if word.strip():
                take_tag(draft, tidy(word)[:30])
    elif role == "alias":
        draft.alias = draft.alias or text[:60]
        for part in links:
            draft.link(link_kind(part.text, part.url, "paper"), part.url)
    else:
        take_other(draft, parts, role, name)


def take_links(draft: Draft, parts: tuple[Piece, ...], links: list[Piece], role: str) -> None:
    for part in links:
        take_cell_link(draft, part, role)
    beside = [part.text for part in parts if part.kind == "paren"]
    words = (
        tidy(" ".join(beside))
        if links
        and not any(part.inner and part.inner[0].url for part in parts if part.kind == "paren")
        else ""
    )
    if words and not is_label(words):
        draft.notes.append(words)


def take_place(draft: Draft, parts: tuple[Piece, ...], links: list[Piece], is_venue: bool) -> None:
    if place := place_of(plain(parts), is_venue):
        draft.say(place)
    else:
        gather(draft, parts, is_before=is_venue)
    for part in links:
        if part.url not in [link.url for link in draft.links]:
            draft.link(link_kind(part.text, part.url, "paper"), part.url, part.text)


def take_other(draft: Draft, parts: tuple[Piece, ...], role: str, name: str) -> None:
    """Take a remark, or a column that has no role, with its name."""
    text = tidy(plain(parts))
    if role == "note":
        draft.notes.append(text)
    elif every_link(parts):
        gather(draft, parts)
    elif role != "title" and name and not NUMBER.fullmatch(text):
        draft.notes.append(f"{tidy(name)}: {text}")


def every_link(parts: tuple[Piece, ...]) -> list[Piece]:
    """Return the links of a cell, those in brackets as well."""
    found = []
    for part in parts:
        found += [part] if part.kind == "link" else every_link(part.inner)
    return found


def take_cell_link(draft: Draft, part: Piece, role: str) -> None:
    kind = role
    said = kind_by_label(part.text)
    if role != "code" and said in ("code", "project", "video", "slides", "dataset", "version"):
        kind = said
    elif role == "code" and said in ("project", "video", "paper"):
        kind = said if said != "paper" else kind
    label = part.text if not any(one.kind == "image" for one in part.inner) else ""
    draft.link(kind, part.url, label)
