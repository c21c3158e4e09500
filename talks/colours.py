"""The event's colours as a stylesheet: hues from the organizers, lightness from us.

A colour keeps its hue and, as far as it goes, its chroma; its lightness is moved until text in
it can be read on paper, by day and by night. OKLCH: Björn Ottosson, "A perceptual color space
for image processing" (2020); contrast: WCAG 2.2, "contrast ratio".
"""

import hashlib
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from talks.records import EventRecord, Track

# The tinted papers of site.css: of two light ones the darker, of two dark ones the lighter.
LIGHT_PAPER = "#f3f0e9"
DARK_PAPER = "#25211d"
READABLE = 4.5  # contrast of text in the accent
VISIBLE = 3.0  # contrast of an edge in a track's colour (WCAG 2.2, 1.4.11)
FIRST_HUE = 250.0  # degrees
STEP = 0.01  # of lightness

Triple = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Tone:
    """A colour in OKLCH: lightness and chroma from 0 to 1, hue in degrees."""

    lightness: float
    chroma: float
    hue: float


def stylesheet(event: EventRecord, tracks: Sequence[Track]) -> str:
    """Return the rules of the accent and of each track; empty when there is neither."""
    accent = tone_of(event.accent)
    rules = [_accent_rule(accent)] if accent else []
    for number, track in enumerate(tracks):
        tone = tone_of(track.colour) or Tone(0, 0.14, _hue(number, len(tracks)))
        rules.append(_track_rule(track.code, tone))
    return "".join(f"{rule}\n" for rule in rules)


def digest(css: str) -> str:
    """Return the name under which a stylesheet can be kept for ever."""
    return hashlib.sha256(css.encode()).hexdigest()[:16]


def tone_of(colour: str) -> Tone | None:
    """Return what "#rrggbb" is in OKLCH; None for any other text."""
    if not re.fullmatch("#[0-9a-fA-F]{6}", colour):
        return None
    lightness, a, b = _oklab(_linear(colour))
    return Tone(lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360)


def hexadecimal(tone: Tone) -> str:
    """Return "#rrggbb", with as much of the chroma as a screen can show."""
    chroma = tone.chroma
    while chroma > 0 and not _is_shown(_rgb(Tone(tone.lightness, chroma, tone.hue))):
        chroma -= 0.002
    linear = _rgb(Tone(tone.lightness, max(chroma, 0.0), tone.hue))
    return "#" + "".join(f"{round(255 * _encoded(channel)):02x}" for channel in linear)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def readable(tone: Tone, paper: str, ratio: float) -> str:
    """Return the tone, made darker or lighter until it stands out from the paper by `ratio`."""
    step = -STEP if _luminance(paper) > 0.18 else STEP
    lightness = tone.lightness
    found = hexadecimal(tone)
    while contrast(found, paper) < ratio and 0 < lightness < 1:
        lightness += step
        found = hexadecimal(Tone(min(max(lightness, 0), 1), tone.chroma, tone.hue))
    return found


def _accent_rule(tone: Tone) -> str:
    light = readable(Tone(0.46, min(tone.chroma, 0.15), tone.hue), LIGHT_PAPER, READABLE)
    dark = readable(Tone(0.80, min(tone.chroma, 0.12), tone.hue), DARK_PAPER, READABLE)
    ink = readable(Tone(0.20, min(tone.chroma, 0.01), tone.hue), dark, READABLE)
    return (
        f":root {{ --accent: light-dark({light}, {dark}); "
        f"--accent-ink: light-dark(#ffffff, {ink}); }}"
    )


def _track_rule(code: str, tone: Tone) -> str:
    chroma = min(tone.chroma, 0.14)
    light = readable(Tone(0.62, chroma, tone.hue), LIGHT_PAPER, VISIBLE)
    dark = readable(Tone(0.72, min(chroma, 0.12), tone.hue), DARK_PAPER, VISIBLE)
    return f".track-{code} {{ --track: light-dark({light}, {dark}); }}"


def _hue(number: int, count: int) -> float:
    """Hues spaced evenly around the circle."""
    return (FIRST_HUE + 360 * number / count) % 360


def _linear(colour: str) -> Triple:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _decoded(red), _decoded(green), _decoded(blue)


def _decoded(channel: float) -> float:
    """sRGB to linear light."""
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _encoded(channel: float) -> float:
    """Linear light to sRGB, from 0 to 1."""
    channel = min(max(channel, 0.0), 1.0)
    return 12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _is_shown(linear: Triple) -> bool:
    return all(-0.0005 <= channel <= 1.0005 for channel in linear)


def _oklab(linear: Triple) -> Triple:
    red, green, blue = linear
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _rgb(tone: Tone) -> Triple:
    """Return the tone in linear light; channels leave 0 to 1 where no screen can follow."""
    angle = math.radians(tone.hue)
    a, b = tone.chroma * math.cos(angle), tone.chroma * math.sin(angle)
    long = (tone.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (tone.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (tone.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
