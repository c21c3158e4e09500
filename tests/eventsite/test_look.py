"""The colours of the stylesheets can be read, by day and by night (WCAG 2.2, "contrast ratio")."""

import re

import pytest
from django.conf import settings

from talks.colours import DARK_PAPER, LIGHT_PAPER, Tone, contrast, hexadecimal

CSS = settings.BASE_DIR / "static" / "css"
TOKEN = re.compile(r"--([a-z-]+): light-dark\(oklch\(([^)]*)\), oklch\(([^)]*)\)\)")
LIGHT, DARK = 0, 1
LEAST = {
    "site.css": {
        ("ink", "paper"): 12,
        ("ink-soft", "paper"): 7,
        ("ink-soft", "tint"): 7,
        ("accent", "paper"): 4.5,
        ("accent", "tint"): 4.5,
        ("accent-ink", "accent"): 4.5,
        ("live", "paper"): 4.5,
        ("warn", "tint"): 4.5,
        ("edge", "paper"): 3,
    },
    "admin.css": {
        ("ink", "paper"): 12,
        ("ink-soft", "tint"): 7,
        ("blue", "tint"): 4.5,
        ("blue-ink", "blue"): 4.5,
        ("ink", "good-tint"): 7,
        ("ink", "warn-tint"): 7,
        ("edge", "paper"): 3,
    },
}


def tokens(name):
    """Return the colours of a stylesheet, light and dark, by the name of their property."""
    found = TOKEN.findall((CSS / name).read_text())
    return {token: (colour(light), colour(dark)) for token, light, dark in found}


def colour(numbers):
    return hexadecimal(Tone(*map(float, numbers.split())))


@pytest.mark.parametrize("mode", [LIGHT, DARK])
@pytest.mark.parametrize("name", LEAST)
def test_text_and_edges_stand_out_from_what_is_under_them(name, mode):
    found = tokens(name)

    ratios = {pair: contrast(*(found[token][mode] for token in pair)) for pair in LEAST[name]}

    assert {pair: r for pair, r in ratios.items() if r < LEAST[name][pair]} == {}


def test_accents_of_events_are_measured_on_the_papers_of_the_site():
    assert tokens("site.css")["tint"] == (LIGHT_PAPER, DARK_PAPER)


def test_admin_has_the_colours_of_the_site():
    site, admin = tokens("site.css"), tokens("admin.css")
    shared = ("paper", "tint", "ink", "ink-soft", "rule", "edge", "warn")

    assert {name: admin[name] for name in shared} == {name: site[name] for name in shared}


@pytest.mark.parametrize("path", sorted(CSS.glob("*.css")), ids=lambda path: path.name)
def test_stylesheets_keep_their_size_and_ask_nobody_else(path):
    text = path.read_text()

    assert len(text.splitlines()) <= 300
    assert re.findall(r"@import|url\(", text) == []
    assert text.count("{") == text.count("}")
