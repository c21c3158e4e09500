"""What is said of hidden papers taken out of a list's text, also where others' lines say it.

Lines that several papers share are written anew for those that are shown as soon as one is not.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from papers.formats.markdown_facts import Facts
from papers.formats.markdown_layout import ListItem, ListSection, stands
from papers.formats.markdown_pieces import spaced, without_link
from papers.identifiers import same_address
from papers.records import LinkRecord

URL = re.compile(r"(?:https?|ftp)://[^\s<>\"'\])|]+")
RELATED = ("version", "other")  # links that lead to another work
TELLING = 3  # words that a title needs to be known anywhere; a shorter one is known as a label


@dataclass(frozen=True, slots=True)
class Secrets:
    """The addresses and titles of hidden papers that no shown one has as its own."""

    addresses: frozenset[str]
    titles: tuple[re.Pattern[str], ...]

    def are_in(self, text: str, title: str = "") -> bool:
        """True when a text says anything of them; `title` is its own, which may hold another."""
        if self.addresses_in(text):
            return True
        if not any(each.search(text) for each in self.titles):
            return False
        outside = re.sub(spaced(title), "\0", text) if title else text
        return any(each.search(outside) for each in self.titles)

    def addresses_in(self, text: str) -> list[str]:
        return [url for url in URL.findall(text) if same_address(url) in self.addresses]


def secrets_of(items: Iterable[ListItem]) -> Secrets:
    hidden: set[str] = set()
    own: set[str] = set()
    titles: dict[str, str] = {}
    shown = {folded(item.now.title) for item in items if not item.is_secret}
    for item in items:
        if not item.is_secret:
            own |= {same_address(link.url) for link in own_links(item.now)}
            continue
        hidden |= {same_address(link.url) for link in item.now.links}
        titles |= {
            folded(title): title for title in (item.now.title, (item.then or item.now).title)
        }
    patterns = [pattern_of(title) for name, title in titles.items() if name and name not in shown]
    return Secrets(frozenset(hidden - own), tuple(patterns))


def own_links(facts: Facts) -> list[LinkRecord]:
    """Return the links that lead to a paper itself: of several to a paper the first."""
    papers = [link for link in facts.links if link.kind == "paper"]
    rest = [link for link in facts.links if link.kind not in ("paper", *RELATED)]
    return papers[:1] + rest


def folded(title: str) -> str:
    return " ".join(title.casefold().split())


def pattern_of(title: str) -> re.Pattern[str]:
    words = rf"(?<!\w){spaced(title)}(?!\w)"
    if len(title.split()) < TELLING:
        words = rf"(?<=[\[*_\"“]){spaced(title)}(?=[\]*_\"”.])"
    return re.compile(words, re.IGNORECASE)


def silent_sections(items: Iterable[ListItem], sections: Sequence[ListSection]) -> set[int]:
    """Return the sections that hold hidden papers and no other: nothing is told of them."""
    shown, secret = set[int](), set[int]()
    for item in items:
        if item.section is not None and (item.is_shown or item.is_secret):
            (shown if item.is_shown else secret).update(around(item.section, sections))
    return secret - shown


def around(index: int, sections: Sequence[ListSection]) -> Iterator[int]:
    """Yield a section, and those within which it stands."""
    level = sections[index].level + 1
    for at in range(index, -1, -1):
        if sections[at].level < level:
            level = sections[at].level
            yield at


def without_secrets(
    lines: Sequence[str], items: Sequence[ListItem]
) -> tuple[list[str], list[ListItem]]:
    """Return the lines and the items without what is hidden; what is left out is an empty line.

    The lines of hidden items stay, as of all that are not shown: writing leaves them out.
    """
    kept = list(lines)
    found = apart(kept, items)
    secrets = secrets_of(found)
    if not (secrets.addresses or secrets.titles):
        return kept, found
    taken: set[int] = set()
    for index, item in enumerate(found):
        if item.line and stands(kept, item):
            taken |= set(range(item.line - 1, item.line - 1 + item.lines))
            if item.is_shown:
                found[index] = guarded(kept, item, secrets)
        elif item.is_shown:
            found[index] = silent(item, secrets)
    for at, line in enumerate(kept):
        if at not in taken and secrets.are_in(line):
            kept[at] = ""
    return kept, found


def apart(kept: list[str], items: Sequence[ListItem]) -> list[ListItem]:
    """Return the items so that none share lines: those that nobody touched go on as one."""
    found: list[ListItem | None] = list(items)
    for together in sharing(kept, items):
        first, last = items[together[0]], max(last_line(items[index]) for index in together)
        start, whole = first.line or 1, "".join(kept[(first.line or 1) - 1 : last])
        if are_untouched([items[index] for index in together]) and is_row(together):
            found[together[0]] = replace(first, lines=last - start + 1, text=whole)
            for index in together[1:]:
                found[index] = None
            continue
        for index in together:
            found[index] = replace(items[index], then=None, line=None, text="")
        kept[start - 1 : last] = [""] * (last - start + 1)
    return [item for item in found if item is not None]


def sharing(lines: Sequence[str], items: Sequence[ListItem]) -> list[list[int]]:
    """Return the items that stand on lines of others, together."""
    there = [index for index, item in enumerate(items) if stands(lines, item)]
    groups: list[list[int]] = []
    end = 0
    for index in sorted(there, key=lambda each: (items[each].line or 0, each)):
        if (items[index].line or 0) <= end:
            groups[-1].append(index)
        else:
            groups.append([index])
        end = max(end, last_line(items[index]))
    return [group for group in groups if len(group) > 1]


def last_line(item: ListItem) -> int:
    return (item.line or 1) + item.lines - 1


def are_untouched(items: Sequence[ListItem]) -> bool:
    sections = {item.section for item in items}
    return len(sections) == 1 and all(
        item.is_shown and not item.is_secret and item.then in (None, item.now) for item in items
    )


def is_row(numbers: Sequence[int]) -> bool:
    return list(numbers) == list(range(numbers[0], numbers[0] + len(numbers)))


def guarded(kept: list[str], item: ListItem, secrets: Secrets) -> ListItem:
    """Cut what is hidden out of a shown item's lines; where it cannot be, it has none."""
    quiet, title = silent(item, secrets), (item.then or item.now).title
    if not secrets.are_in(item.text, title):
        return quiet
    start = (item.line or 1) - 1
    there = slice(start, start + item.lines)
    made = [cut(line, secrets, title) for line in kept[there]]
    text = "".join(made)
    if made[0] and not secrets.are_in(text, title):
        kept[there] = made
        return replace(quiet, text=text)
    kept[there] = [""] * item.lines
    return replace(quiet, then=None, line=None, text="")


def cut(line: str, secrets: Secrets, title: str) -> str:
    """Take the links to hidden papers out of a line, and the line where nothing is left."""
    made = line
    for url in secrets.addresses_in(line):
        remark = rf"\s*[(\[][^()\[\]\d]*\[[^\[\]]*\]\({re.escape(url)}[^)\n]*\)[^()\[\]\d]*[)\]]"
        shorter, count = re.subn(remark, "", made)
        made = shorter if count else without_link(made, url, title) or made
    is_empty = made != line and not re.sub(r"^\s*[-*+]?\s*(?:[\w ]+:)?", "", made).strip(
        " []()\r\n"
    )
    return "" if is_empty else made


def silent(item: ListItem, secrets: Secrets) -> ListItem:
    """Return an item whose facts tell nothing of hidden papers."""
    then = item.then and told(item.then, secrets)
    return replace(item, now=told(item.now, secrets), then=then)


def told(facts: Facts, secrets: Secrets) -> Facts:
    links = [link for link in facts.links if same_address(link.url) not in secrets.addresses]
    labelled = (
        replace(link, label="") if secrets.are_in(link.label, facts.title) else link
        for link in links
    )
    note = cut(facts.note, secrets, facts.title)
    hushed = "" if secrets.are_in(note) else note
    return replace(facts, links=tuple(labelled), note=hushed)
