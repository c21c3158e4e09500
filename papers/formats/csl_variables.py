"""The words of CSL-JSON: kinds of works, and the variables that hold text or a number.

https://github.com/citation-style-language/schema
"""

_WORKS = (
    "article article-journal article-magazine article-newspaper bill book broadcast chapter "
    "classic collection dataset document entry entry-dictionary entry-encyclopedia figure "
    "graphic hearing interview legal_case legislation manuscript map motion_picture "
    "musical_score pamphlet paper-conference patent performance periodical "
    "personal_communication post post-weblog regulation report review review-book software "
    "song speech standard thesis treaty webpage"
)
WORKS = frozenset(_WORKS.split())
_TEXTS = (
    "archive archive_collection archive_location archive-place authority call-number "
    "chapter-number collection-number collection-title container-title-short dimensions division "
    "edition event event-place genre ISBN ISSN issue jurisdiction language medium number "
    "number-of-pages number-of-volumes original-publisher original-publisher-place "
    "original-title page page-first part part-title PMCID publisher publisher-place references "
    "reviewed-title scale section source status supplement title-short version volume"
)
TEXTS = frozenset(_TEXTS.split())
