"""What templates need that Django has not: Markdown, and addresses with another query."""

from django import template
from django.utils.safestring import SafeString

from eventsite import markdown

register = template.Library()


@register.filter("markdown")
def markdown_html(text: str) -> SafeString:
    """Show Markdown as HTML."""
    return markdown.to_html(text)
