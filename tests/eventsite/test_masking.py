"""Keys stand in no log and in no report; each test first shows that they would."""

import io
import logging

import pytest
from django.test import Client, RequestFactory
from django.views.debug import ExceptionReporter
from gunicorn.config import Config
from gunicorn.glogging import Logger

from eventsite import serving
from eventsite.masking import Mask, MaskedFilter, MaskedReporter, masked

KEY = "nr__DUZeXXSl_tZGXtn60Js88-qdICUTHj5h2b0dRMs"  # as eventsite.keys makes them
ADDRESSES = [
    f"/events/woe/agenda/{KEY}.ics",
    f"/events/woe/agenda/{KEY}.ics?alarm=10",
    f"/events/woe/agenda/{KEY.upper()}x.ics",
    f"/preview/{KEY}/events/woe/",
]


@pytest.fixture
def written():
    """A stream and a handler that writes to it as the console's does, but without the mask."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("{message}", style="{"))
    logging.getLogger("django").addHandler(handler)  # asked before the root's, which masks
    yield stream, handler
    logging.getLogger("django").removeHandler(handler)


@pytest.mark.parametrize("address", ADDRESSES)
def test_key_in_an_address_is_masked(address):
    text = masked(f'"GET {address} HTTP/1.1" 404')

    assert KEY.upper() not in text.upper()
    assert "[key]" in text


@pytest.mark.parametrize("text", ["/events/woe/agenda/", "/events/woe/schedule.ics", "a" * 64])
def test_other_text_is_left_alone(text):
    assert masked(text) == text


@pytest.mark.django_db
@pytest.mark.parametrize("is_masked", [False, True])
def test_log_of_what_is_not_found_holds_no_key(written, is_masked):
    stream, handler = written
    if is_masked:
        handler.addFilter(Mask())

    Client().get(f"/preview/{KEY}/events/woe/")

    assert "Not Found" in stream.getvalue()
    assert (KEY in stream.getvalue()) != is_masked


@pytest.mark.parametrize("is_masked", [False, True])
def test_traceback_in_the_log_holds_no_key(written, is_masked):
    stream, handler = written
    if is_masked:
        handler.addFilter(Mask())

    try:
        raise ValueError(f"no such cookie: agenda={KEY}")
    except ValueError:
        logging.getLogger("django.request").exception("Failed: %s", ADDRESSES[0], stack_info=True)

    assert "Traceback" in stream.getvalue()
    assert (KEY in stream.getvalue()) != is_masked


def test_every_handler_of_the_settings_masks(settings):
    handlers = settings.LOGGING["handlers"].values()

    assert [handler.get("filters") for handler in handlers] == [["mask"]] * len(handlers)
    assert settings.LOGGING["loggers"]["django"]["handlers"] == []


@pytest.mark.parametrize(("logger_class", "tells"), [(Logger, True), (serving.MaskedLogger, False)])
def test_log_of_the_server_holds_no_key(logger_class, tells):
    logger = logger_class(Config())
    stream = io.StringIO()
    [handler] = [h for h in logger.error_log.handlers if getattr(h, "_gunicorn", False)]
    before = handler.setStream(stream)

    logger.error("Error handling request %s", ADDRESSES[0])
    handler.setStream(before)

    assert "Error handling request" in stream.getvalue()
    assert (KEY in stream.getvalue()) == tells


def test_server_logs_through_the_mask():
    server = serving.Server("127.0.0.1", 8000, 1, 1, lambda: None)

    assert server.cfg.logger_class is serving.MaskedLogger


@pytest.mark.parametrize(
    ("reporter", "tells"), [(ExceptionReporter, True), (MaskedReporter, False)]
)
@pytest.mark.parametrize("form", ["get_traceback_html", "get_traceback_text"])
def test_report_of_an_error_holds_no_key(settings, reporter, tells, form):
    settings.DEBUG = True
    settings.DEFAULT_EXCEPTION_REPORTER_FILTER = "django.views.debug.SafeExceptionReporterFilter"
    request = RequestFactory().get(ADDRESSES[0])
    request.COOKIES["agenda"] = KEY

    try:
        local = {"agenda": KEY}
        raise KeyError(local)
    except KeyError as error:
        report = getattr(reporter(request, type(error), error, error.__traceback__), form)()

    assert "KeyError" in report
    assert (KEY in report) == tells


def test_what_is_said_of_a_request_holds_no_key(rf):
    request = rf.get(ADDRESSES[0], headers={"Referer": f"http://testserver{ADDRESSES[0]}"})
    request.COOKIES["agenda"] = KEY

    told = MaskedFilter()

    assert KEY in f"{request.META} {request.COOKIES}"
    assert KEY not in str(told.get_safe_request_meta(request))
    assert told.get_safe_cookies(request) == {"agenda": "[key]"}
    assert told.get_safe_settings()["SITE_NAME"] == "Eventsite"


ENCODED = f"%{ord(KEY[0]):02X}{KEY[1:]}"


@pytest.mark.parametrize(
    "text",
    [
        *(f"/preview/{ENCODED}/events/woe/", f"/preview/{ENCODED}", f"/agenda/{ENCODED}?a=1"),
        *(f"/agenda/x{KEY}", f"/agenda/{KEY}x.ics", f"/agenda/{KEY}.ICS", f"/AGENDA/{ENCODED}"),
        *(f"%2Fagenda%2F{KEY}.ics", f"%2fpreview%2f{ENCODED}%2fevents", f"agenda%2F{ENCODED}.ics"),
        *(f"next=%252Fagenda%252F{KEY}", f"/%61genda/{ENCODED}", f"/preview/{KEY}%0a/events"),
    ],
)
def test_key_is_masked_however_its_address_is_written(text):
    assert KEY[1:] in text

    assert KEY[1:] not in masked(text)
    assert "[key]" in masked(text)


def test_address_goes_on_after_the_key():
    assert masked(f"/preview/{KEY}/events/woe/?a=1") == "/preview/[key]/events/woe/?a=1"
    assert masked(f"%2Fpreview%2F{KEY}%2Fevents") == "%2Fpreview%2F[key]%2Fevents"
