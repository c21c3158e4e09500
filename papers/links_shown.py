"""The links of a paper as rows show them: each address once, all named alike."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from papers.identifiers import same_address
from papers.models import PaperLink


@dataclass(frozen=True, slots=True)
class ShownLink:
    """An address, and what it is called."""

    url: str
    name: str


def shown_links(links: Iterable[PaperLink]) -> list[ShownLink]:
    """Return links in their order; of several to one thing that stays which says most."""
    found: dict[str, PaperLink] = {}
    for link in links:
        key = same_address(link.url)
        if key not in found or (is_dated(link) and not is_dated(found[key])):
            found[key] = link
    return [ShownLink(link.url, name_of(link)) for link in found.values()]


def is_dated(link: PaperLink) -> bool:
    """True for another version of which it is known when it appeared."""
    return link.kind == "version" and link.year is not None


def name_of(link: PaperLink) -> str:
    """Return the label or the kind; of another version where and when it appeared."""
    name = link.label or str(link.get_kind_display())
    if is_dated(link):
        place = str(link.venue or link.label or "")
        when = "" if str(link.year) in place else str(link.year)
        return _("also %(place)s") % {"place": " ".join(filter(None, (place, when)))}
    if name.casefold() == "pdf":
        return "PDF"
    return capfirst(name) if name.islower() else name
