"""Papers as Hypothesis makes them: with all that a citation can say, in text that hurts."""

import string

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from papers.formats.citing import LINK_KINDS, PRESENTATIONS, TYPES, one_line
from papers.identifiers import identifiers_for
from papers.records import AuthorRecord, LinkRecord, PaperRecord

# A paper has many parts, and machines that test have little time.
SLOWLY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
HURTFUL = "\\{}$&%#_~^\"'`<>|@=,;:.-–—[]()*!?/ \t\n\r\x00\x85\u2028\u200b\ufeff\ud800éßﬁ漢ÀİΣ"
NASTY = st.text(st.one_of(st.sampled_from(HURTFUL), st.characters()), max_size=30)
LINES = NASTY.map(one_line)
WORDS = st.text(string.ascii_letters + "éß漢'’", min_size=1, max_size=8)
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
URLS = st.from_regex(r"https?://[a-z]{1,9}\.org/[a-zA-Z0-9_~%&?=#:.()+-]{0,20}", fullmatch=True)
IDENTIFIERS = st.lists(
    st.one_of(
        st.tuples(
            st.just("doi"), st.from_regex(r"10\.1234/[a-z0-9_.<>;()-]{0,9}[a-z0-9]", fullmatch=True)
        ),
        st.tuples(st.just("arxiv"), st.from_regex(r"[01][0-9]0[1-9]\.[0-9]{5}", fullmatch=True)),
        st.tuples(st.just("openreview"), st.from_regex(r"[A-Za-z0-9_-]{9}", fullmatch=True)),
    ),
    max_size=3,
    unique=True,
).filter(lambda pairs: all(identifiers_for(*pair) == (pair,) for pair in pairs))
LINKS = st.lists(
    st.builds(LinkRecord, st.sampled_from(sorted(LINK_KINDS)), URLS),
    max_size=3,
    unique_by=lambda link: link.url,
).map(lambda links: tuple(sorted(links, key=lambda link: link.kind != "paper")))
OTHER_WORKS = ("book", "thesis", "report", "webpage", "patent", "software", "song", "manuscript")
DETAILS = {
    "volume": st.one_of(st.integers(1, 999).map(str), LINES),
    "issue": LINES,
    "page": st.one_of(st.from_regex(r"[1-9][0-9]{0,3}-[1-9][0-9]{0,3}", fullmatch=True), WORDS),
    "publisher": LINES,
    "publisher-place": LINES,
    "collection-title": LINES,
    "edition": LINES,
    "number": LINES,
    "editor": st.lists(NAMES, min_size=1, max_size=2).map("; ".join),
    "dimensions": LINES,
}


@st.composite
def papers(draw, names=NAMES, title=LINES):
    """A paper that says only what citations say, each text on one line."""
    kind = draw(st.sampled_from(["", *TYPES]))
    details = draw(st.fixed_dictionaries({}, optional=DETAILS))
    if not kind:
        details["type"] = draw(st.sampled_from(["", *OTHER_WORKS]))
    year = draw(st.one_of(st.none(), st.integers(1000, 9999)))
    authors = tuple(AuthorRecord(name, "") for name in draw(st.lists(names, max_size=3)))
    if authors and draw(st.booleans()):
        details["et-al"] = "1"
    return PaperRecord(
        title=draw(title.filter(bool)),
        key=draw(st.from_regex(r"[a-z]{3,8}[0-9]{4}[a-z]{0,5}", fullmatch=True)),
        authors=authors,
        venue=draw(LINES),
        venue_kind=kind,
        year=year,
        month=draw(st.one_of(st.none(), st.integers(1, 12))) if year else None,
        presentation=draw(st.sampled_from(["", *PRESENTATIONS])),
        award=draw(LINES),
        alias=draw(LINES),
        abstract=draw(LINES),
        topics=tuple(draw(st.lists(LINES.filter(bool), max_size=2, unique=True))),
        identifiers=tuple(draw(IDENTIFIERS)),
        links=draw(LINKS),
        details=tuple((name, value) for name, value in details.items() if value),
        note=draw(LINES),
    )
