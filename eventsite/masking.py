"""Keys are not written down: what a log or a report would tell of one is masked.

A key opens an agenda or a preview to whoever has it. It stands in addresses and in a cookie, so
it would stand in "Not Found: …", in tracebacks and in what the server says of a request.
"""

import logging
import re
from typing import TypeVar

from django.utils.safestring import SafeString, mark_safe
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

from eventsite.keys import LENGTH

MASK = "[key]"
SLASH = "(?:/|%(?:25)*2F)"  # as it is, percent-encoded, or that encoded again
# Whatever stands after these names, however it is written, up to what separates it from the rest.
IN_PATHS = re.compile(
    rf"((?:agenda|preview){SLASH})(?:(?!{SLASH})[^\s'\"?#&<])+", re.ASCII | re.IGNORECASE
)
# Whatever is as long as a key and made of the same characters, now and then a long slug too.
ANYWHERE = re.compile(
    rf"(?<![\w-])(?:[\w-]|%[0-9A-F]{{2}}){{{LENGTH}}}(?![\w-])", re.ASCII | re.IGNORECASE
)

T = TypeVar("T")
formatter = logging.Formatter()


def masked(text: str) -> str:
    return ANYWHERE.sub(MASK, IN_PATHS.sub(rf"\1{MASK}", text))


class Mask(logging.Filter):
    """Masks the message of a record, its traceback and its stack; lets every record through."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = masked(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = formatter.formatException(record.exc_info)
        record.exc_text = record.exc_text and masked(record.exc_text)
        record.stack_info = record.stack_info and masked(record.stack_info)
        return True


class MaskedFilter(SafeExceptionReporterFilter):
    """Masks cookies and what else is said of a request, in a report of whatever kind."""

    def cleanse_setting(self, key: str | int, value: T) -> T | str:  # keeps what is no text
        cleansed = super().cleanse_setting(key, value)
        return masked(str(cleansed)) if isinstance(cleansed, str) else cleansed


class MaskedReporter(ExceptionReporter):
    """Masks a whole report: the address and the variables of every frame too."""

    def get_traceback_html(self) -> SafeString:
        return mark_safe(masked(super().get_traceback_html()))

    def get_traceback_text(self) -> SafeString:
        return mark_safe(masked(super().get_traceback_text()))
