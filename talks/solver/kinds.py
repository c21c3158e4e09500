"""Which kinds of talks stand in which kinds of sessions."""

from .problem import Talk

POSTER, PANEL = "poster", "panel"
TAKES = {
    "posters": frozenset({POSTER}),
    "panel": frozenset({PANEL}),
    "talks": frozenset({"keynote", "invited", "contributed", "spotlight", "oral", PANEL}),
    "opening": frozenset({"keynote", "invited"}),
}
RESTING = frozenset({"break", "social"})  # kinds of sessions in which nobody has to listen
ASIDE = frozenset({"break", "social", "opening"})  # kinds beside which posters may hang too


def takes(kind: str, talk: Talk) -> bool:
    """Whether a session of a kind is for such a talk, so that a search may put it there."""
    return _kind(talk) in TAKES.get(kind, frozenset())


def holds(kind: str, talk: Talk) -> bool:
    """Whether such a talk may stand in a session of a kind, put there by hand."""
    return takes(kind, talk) or (kind in ASIDE and talk.is_poster)


def _kind(talk: Talk) -> str:
    return POSTER if talk.is_poster else talk.kind
