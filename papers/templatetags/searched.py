"""Rows of papers: the words that were searched for are marked, each address stands once."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from papers.links_shown import ShownLink, shown_links
from papers.models import Paper
from papers.search_words import Term
from papers.search_words import marked as pieces
from papers.search_words import snippet as part

register = template.Library()


@register.simple_tag
def marked(text: str, terms: Sequence[Term] | str) -> SafeString:
    """Return a text as HTML with the terms marked; without terms it is only escaped."""
    if isinstance(terms, str):  # a template has no name for them
        return format_html("{}", text)
    on, off = SafeString("<mark>"), SafeString("</mark>")
    shown = ((on, piece, off) if hit else ("", piece, "") for piece, hit in pieces(text, terms))
    return format_html_join("", "{}{}{}", shown)


@register.filter
def shown(paper: Paper) -> list[ShownLink]:
    """Return the links of a paper, each address once."""
    return shown_links(paper.links.all())


@register.simple_tag
def snippet(paper: Paper, terms: Sequence[Term] | str) -> str:
    """Return the part of the abstract or of a note where the first term stands, if any does."""
    if isinstance(terms, str):
        return ""
    notes = [item.note for item in getattr(paper, "notes", [])]
    return next(filter(None, (part(text, terms) for text in [paper.abstract, *notes])), "")
