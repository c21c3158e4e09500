"""Markdown from organizers as safe HTML."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from .bounds import may_hold_links, readable

# js-default escapes raw HTML and refuses javascript: and the like; nh3 then keeps what we list.
MARKDOWN = MarkdownIt("js-default", {"linkify": False, "typographer": False})
WITHOUT_LINKS = MarkdownIt("js-default", {"linkify": False, "typographer": False})
WITHOUT_LINKS.disable(["link", "image", "reference"])
TAGS = {
    *("p", "br", "hr", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a"),
    *("h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}


def to_html(text: str) -> SafeString:
    """Return safe HTML; headings begin at the second level, as the page has the first.

    Text beyond 50,000 characters is left out, and links among too many brackets are text.
    """
    read = readable(text)
    parser = MARKDOWN if may_hold_links(read) else WITHOUT_LINKS
    html = parser.render(read).replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    return mark_safe(
        nh3.clean(
            html,
            tags=TAGS,
            attributes=ATTRIBUTES,
            url_schemes=SCHEMES,
            link_rel="noopener nofollow",
        )
    )
