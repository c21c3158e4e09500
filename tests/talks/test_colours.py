import colorsys
import re
from dataclasses import replace

import pytest

from talks.colours import DARK_PAPER, LIGHT_PAPER, contrast, hexadecimal, stylesheet, tone_of
from tests.talks.records import make_event, make_track

ACCENT = re.compile(
    r":root \{ --accent: light-dark\((#\w{6}), (#\w{6})\); "
    r"--accent-ink: light-dark\((#\w{6}), (#\w{6})\); \}"
)
TRACK = re.compile(r"\.track-(\w+) \{ --track: light-dark\((#\w{6}), (#\w{6})\); \}")


def every_hue(saturation=1.0, lightness=0.5):
    for degrees in range(0, 360, 10):
        rgb = colorsys.hls_to_rgb(degrees / 360, lightness, saturation)
        yield "#" + "".join(f"{round(255 * channel):02x}" for channel in rgb)


COLOURS = [
    *every_hue(),
    *every_hue(lightness=0.9),
    *every_hue(saturation=0.2),
    *("#000000", "#ffffff", "#777777"),
]


@pytest.mark.parametrize("colour", ["#0a5c8f", "#ff0000", "#00ff00", "#ffffff", "#000000"])
def test_colour_comes_back_from_oklch_as_it_was(colour):
    assert hexadecimal(tone_of(colour)) == colour


def test_contrast_of_black_and_white_is_twenty_one():
    assert round(contrast("#000000", "#ffffff"), 3) == 21


@pytest.mark.parametrize("colour", COLOURS)
def test_text_in_the_accent_can_be_read_on_both_papers_and_ink_on_the_accent(colour):
    css = stylesheet(make_event(accent=colour), ())

    light, dark, ink_on_light, ink_on_dark = ACCENT.fullmatch(css.strip()).groups()

    pairs = ((light, LIGHT_PAPER), (dark, DARK_PAPER), (ink_on_light, light), (ink_on_dark, dark))
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []


@pytest.mark.parametrize("colour", COLOURS)
def test_edge_of_a_track_can_be_seen_on_both_papers(colour):
    track = replace(make_track(), colour=colour)

    css = stylesheet(make_event(), [track])

    _code, light, dark = TRACK.fullmatch(css.strip()).groups()

    assert [p for p in ((light, LIGHT_PAPER), (dark, DARK_PAPER)) if contrast(*p) < 3] == []


def test_accent_keeps_its_hue():
    css = stylesheet(make_event(accent="#0a5c8f"), ())

    light, dark, *_ink = ACCENT.fullmatch(css.strip()).groups()

    hues = [tone_of(colour).hue for colour in ("#0a5c8f", light, dark)]
    assert max(hues) - min(hues) < 4


def test_tracks_without_a_colour_are_told_apart():
    tracks = [make_track(f"Track {number}", code=f"K2222222{number}") for number in range(8)]

    css = stylesheet(make_event(), tracks)

    assert len({light for _code, light, _dark in TRACK.findall(css)}) == 8


def test_event_without_colours_has_no_rules():
    assert stylesheet(make_event(), ()) == ""


def test_what_is_no_colour_is_left_out():
    assert stylesheet(make_event(accent="red;}"), ()) == ""
