"""Who wrote a paper, as a list prints it: "G. Hinton et al.", "Li, Yuncheng & Rush, Alex"."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from papers.formats.markdown_inline import tidy
from papers.records import AuthorRecord

PARTICLES_TEXT = """
de da do dos du del della der den di van von la le el al bin ibn ben ter ten y e af av zu
zur dit dr prof mr ms jr sr ii iii iv
"""
PARTICLES = frozenset(PARTICLES_TEXT.split())
WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’`´‘.\-‐‑–·])*$")
# Words that begin titles and venues with a capital letter, and are no names of people.
NO_NAMES_TEXT = """
the a an of for with and in on to via by from towards toward learning network networks
neural deep model models data using based graph graphs language image images video visual
attention training distillation knowledge transfer representation representations survey
review recognition detection segmentation generation generative adversarial transformer
transformers diffusion reinforcement supervised self-supervised unsupervised workshop
conference proceedings journal transactions ieee acm arxiv paper code project website slides
university institute google facebook microsoft deepmind openai nvidia baidu huawei tencent
alibaba amazon apple intel ibm samsung research lab labs team artificial intelligence
machine computer vision systems system science sciences engineering optimization efficient
robust fast pre-training prompt large open version dataset benchmark introduction tutorial
book blog prompting reasoning processing retrieval search methods method applications
letters reports communications review magazine bulletin press medicine physics biology
chemistry publisher publishers application analysis theory speech text natural information
recommendation
"""
NO_NAMES = frozenset(NO_NAMES_TEXT.split())
COINED = re.compile(r"^(?!Ma?c|De|Le|La|Di|Van|O.).+[a-z][A-Z]|[A-Z]{2}[a-z]|^[A-Z]{3,}$|\d")
NO_NAME = re.compile(r".{2}(?:tions?|ness|works?|ology|ography|ability|icity|istic|ative)$")
ET_AL = re.compile(
    r"(?:[,;]?\s*\b(?:et\.?\s*al\b\.?|and others\b\.?)|,?\s*…|,?\s*\.\.\.)|等人?$", re.IGNORECASE
)
BEHIND_NAME = r"[*_,;.\s]{0,9}(?:\([^()]{1,200}\)[,\s]{0,9})?(?:et\.?\s?al\b|and others\b|等)"
AFFILIATION = re.compile(r"\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)?\s*$")
FOOTNOTE = re.compile(r"[\d*†‡§¶∗^#¹²³⁴⁵⁶⁷⁸⁹⁰,\s]+$")
AND = re.compile(r"\s*,?\s+(?:and|und|et)\s+|\s*,?\s*&\s*(?:amp;\s*)?", re.IGNORECASE)
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
ELLIPSIS = re.compile(r"\s*(?:\.\.\.|…)\s*(?=&|and\b|[^\W\d_])")
ENDS = re.compile(
    r"\.\s+((?:19|20)\d\d)[a-z]?\.\s+|\s*\(((?:19|20)\d\d)[a-z]?(?:, [^()]{1,20})?\)[.,:]?\s+"
    r"|[,.:;](?:\s+|(?=ar[Xx]iv\b))|\s+[-–—]\s+|\s+(?=ar[Xx]iv\b)"
)
MOST_ENDS = 60  # where a list of authors may end, tried one after the other
MOST = 3000  # letters that a list of authors may have


@lru_cache(maxsize=1000)  # grammars ask for the same words one after the other
def people(text: str, sure: bool = True) -> tuple[AuthorRecord, ...]:
    """Return the authors when the words are nothing but names, else nobody.

    With `sure` a single name needs a sign of being one (an initial, "et al."): "Deep Graph
    Infomax" has three words with capital letters as well.
    """
    words = tidy(text).strip(" ,;:*_|").removeprefix("by ").removeprefix("By ")
    words = re.sub(r"^(?:authors?|作者)\s*[::]\s*", "", words, flags=re.IGNORECASE)
    words = ELLIPSIS.sub(" ", words)
    if not words or len(words) > MOST or YEAR.search(words):
        return ()
    others = ET_AL.search(words)
    is_last = bool(others and not words[others.end() :].strip(" ,;.*"))
    if "·" in words or re.search(r"\s[|•]\s", words):
        named = words[: others.start()] if others and is_last else words
        return separated(re.split(r"\s*[·|•]\s*", named))
    if others and not is_last:
        return ()
    bare = without_stop(ET_AL.sub("", words))
    if not bare:
        return ()
    if not others and " " not in bare:
        return ()
    names = semicolons(bare) or last_first(bare, bool(others)) or commas(bare)
    if len(names) == 1 and sure and not others and not has_initial(names[0].name):
        return ()
    return names


def has_others(text: str, authors: Sequence[AuthorRecord]) -> bool:
    """Whether a text names the last of these authors and "et al." right behind."""
    words = authors[-1].name.split() if authors else []
    names = "|".join(re.escape(word) for word in words)
    return bool(words and re.search(rf"(?<!\w)(?:{names}){BEHIND_NAME}", text, re.IGNORECASE))


def without_stop(text: str) -> str:
    """Return names without the full stop that ends them; that of an initial stays."""
    bare = text.strip(" ,;.")
    return f"{bare}." if re.search(r"(?:^|[\s.])[^\W\d_]$", bare) and f"{bare}." in text else bare


def leading_names(text: str) -> Iterator[tuple[tuple[AuthorRecord, ...], str]]:
    """Yield the names that a text begins with and what follows them, the most names first.

    "Hinton, G., & Salakhutdinov, R. (2006). Reducing ..." has its year given back behind.
    """
    text = text[:MOST]
    stops = list(islice(ENDS.finditer(text), MOST_ENDS))
    first = text[: stops[0].start()] if stops else ""
    if not first[:1].isalpha() or not is_name(ET_AL.sub("", AND.sub(" ", first)), 10):
        return
    for match in reversed(stops):
        head, rest = text[: match.start()], text[match.end() :]
        is_colon = match.group()[:1] == ":"
        if is_colon and COINED.search(head.split()[-1]):
            continue  # the name of a method, which titles begin with: "HuBERT: ..."
        names = people(head, sure=is_colon) or (surnames(head) if is_colon or "&" in head else ())
        full = all(" " in author.name and is_name(author.name) for author in names)
        if names and rest and (full or len(names) == 1 or " " not in names[0].name):
            year = match.group(1) or match.group(2)
            yield names, f"{rest} ({year})" if year else rest


def surnames(text: str) -> tuple[AuthorRecord, ...]:
    """Return authors of whom nothing but the last names is printed."""
    parts = [part for part in re.split(r",\s*", AND.sub(", ", text)) if part]
    is_sure = len(parts) > 1 and all(" " not in part and is_name(part) for part in parts)
    return tuple(AuthorRecord(part, "") for part in parts) if is_sure else ()


def separated(parts: list[str]) -> tuple[AuthorRecord, ...]:
    """Return authors with affiliations in parentheses; the last may be left open."""
    found = tuple(one(part) for part in parts if part.strip())
    return found if len(found) > 1 and all(is_name(author.name, 7) for author in found) else ()


def one(text: str) -> AuthorRecord:
    """Return a name with what stands behind it in parentheses."""
    name, opening, rest = text.partition("(")
    if opening:
        rest = rest.strip()
        if rest.endswith(")") and rest.count(")") > rest.count("("):
            rest = rest[:-1]
    return AuthorRecord(without_stop(FOOTNOTE.sub("", name).strip(" ,;*")), rest.strip())


def semicolons(text: str) -> tuple[AuthorRecord, ...]:
    parts = [part for part in re.split(r"\s*;\s*(?:and\s+)?", text) if part]
    return checked([turned(part) for part in parts]) if len(parts) > 1 else ()


def last_first(text: str, others: bool) -> tuple[AuthorRecord, ...]:
    """Return authors printed as "Last, First and Last, First"."""
    parts = [part for part in AND.split(text) if part]
    pairs = [part.split(",") for part in parts]
    if all(len(pair) == 2 for pair in pairs) and (len(pairs) > 1 or others):
        single = all(len(pair[0].split()) <= 3 and pair[1].strip() for pair in pairs)
        if single and any(len(pair[0].split()) == 1 for pair in pairs):
            return checked([turned(part) for part in parts])
    return ()


def turned(text: str) -> str:
    last, comma, first = text.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and "," not in first else text


def commas(text: str) -> tuple[AuthorRecord, ...]:
    parts = [part for part in re.split(r",(?![^()]*\))", AND.sub(", ", text)) if part.strip()]
    if len(parts) > 1 and all(is_initials(part) for part in parts[1::2]) and is_paired(parts):
        parts = [
            f"{first.strip()} {last.strip()}"
            for last, first in zip(parts[::2], parts[1::2], strict=True)
        ]
    if (
        len(parts) > 2
        and " " not in parts[0].strip()
        and all(" " in one.strip() for one in parts[2:])
    ) and (" " not in parts[1].strip() or has_initial(parts[1])):
        parts = [f"{parts[1].strip()} {parts[0].strip()}", *parts[2:]]  # only the first turned
    return checked(parts)


def is_paired(parts: list[str]) -> bool:
    return len(parts) % 2 == 0 and all(len(part.strip()) > 1 for part in parts[::2])


def is_initials(text: str) -> bool:
    return bool(re.fullmatch(r"\s*(?:[^\W\d_]\.?[\s-]?){1,3}\s*", text))


def checked(parts: list[str]) -> tuple[AuthorRecord, ...]:
    """Return the names when all of them can be: one that cannot spoils a short list."""
    found = [one(part.strip()) for part in parts]
    found = [
        author
        for author in found
        if author.name and author.name.lower() not in ("jr", "sr", "ii", "iii")
    ]
    good = [author for author in found if is_name(author.name)]
    lone = sum(" " not in author.name for author in good)
    if not good or len(good) < len(found) * 0.7 or (len(good) > 1 and lone > len(good) * 0.6):
        return ()
    return tuple(found)


def is_name(text: str, most: int = 5) -> bool:
    """Whether this can be the name of a person: a few words with capital letters."""
    words = [word.strip("'\"“”‘’") for word in re.sub(r"\.(?=[^\W\d_])", ". ", text).split()]
    if not words or len(words) > most or len(text) > 60:
        return False
    if re.fullmatch(r"[\u4e00-\u9fff·]{2,5}", text):
        return True
    capital = False
    for word in words:
        if not WORD.match(word) or (
            len(word.strip(".")) > 1
            and (word.lower().strip(".") in NO_NAMES or NO_NAME.search(word))
        ):
            return False
        if word[0].isupper():
            capital = True
        elif (
            word.lower().strip(".'’") not in PARTICLES
            and word[:2].lower()
            not in (
                "d'",
                "d’",
                "al",
            )
            and len(words) > 1
            and word != words[0]
        ):
            return False
    return capital


def has_initial(name: str) -> bool:
    return bool(re.search(r"(?:^|\s)[^\W\d_]\.", name))
