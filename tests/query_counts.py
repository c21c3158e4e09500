"""How many queries each kind of page takes, whatever it holds; tests and README say the same."""

QUERIES = {
    "schedule": 1,
    "calendar": 1,
    "events": 1,
    "event": 2,
    "home": 4,
    "paper": 8,
    "papers": 5,
    "papers searched": 7,
    "papers mended": 12,
    "list": 8,
    "sitemap": 4,
    "release": 2,
    "agenda": 4,
}
