"""What stands about a title: names, venues, marks, links, remarks; all goes into a draft."""

import re
from collections.abc import Iterable
from dataclasses import replace

from papers.formats.markdown_drafts import Draft, take_badge, take_badge_link, take_tag
from papers.formats.markdown_grammars import Split
from papers.formats.markdown_inline import EMOJI, Piece, plain, tidy
from papers.formats.markdown_links import is_label, is_scholarly, kind_by_address, link_kind
from papers.formats.markdown_people import leading_names, people
from papers.formats.markdown_places import Place, is_preprint, place_of

OTHER_WORK = re.compile(
    r"\b(?:similar|see also|cf\.|related|compare|workshop|extends|follow|based on|same (?:as"
    r"|topic))",
    re.IGNORECASE,
)
VERSION = re.compile(
    r"\bversion|extension|extended|journal|conference|preprint|\bbook\b", re.IGNORECASE
)
SEGMENT = re.compile(
    r"\n|;\s+|\s+[|·•]\s+|\s+[-–—]{1,3}\s+"
    r"|(?<!\b[A-Z])(?<!\b[A-Z]\.[A-Z])(?<!\bal)(?<!\bet)(?<!\bProc)(?<!\bConf)"
    r"(?<!\bTrans)(?<!\bInt)(?<!\bvol)(?<!\bno)(?<!\bJr)(?<!\bDr)(?<!\bMr)(?<!\bSt)\.(?=\s|\(|$)"
    r"|(?<=\bal)\.\s*(?=\S)|。"
)
BEHIND_TITLE = re.compile(r"\s*[(\[]([^()\[\]]{3,40})[)\]][\s.]*$")
KIND_OF_WORK = re.compile(
    r"(?:(?:ph\.?d\.?|master'?s?|doctoral)\s+)?(?:thesis|dissertation)|surveys?|reviews?|books?"
    r"|tutorials?|overview|demo|demonstration|综述",
    re.IGNORECASE,
)
ABBREVIATED = re.compile(r"((?:[A-Z][A-Za-z]*\.\s?){2,8})\W*((?:19|20)\d\d)$")  # Phys. Rev. 2005
PAGES = re.compile(r"[\s,]*[(,]?\s*\bpp?(?:ages?)?\.?\s*\d+(?:\s*[-–]+\s*\d+)?\)?")
MOST_SEGMENTS = 60  # that words beside a title may have
EDGES = " \t\n.,;:|-–—*"


def draft_of(split: Split) -> Draft:
    """Return what a line says, when its title is known."""
    draft = Draft(split, alias=split.alias, authors=split.authors)
    if split.venue:
        draft.say(place_of(split.venue, True) or Place(venue=split.venue))
    if split.year:
        draft.say(Place(year=split.year, month=split.month))
    take_title_mark(draft)
    draft.link(kind_of_title_link(split.url), split.url)
    gather(draft, split.before, is_before=True)
    gather(draft, split.after)
    return draft


def take_title_mark(draft: Draft) -> None:
    """Take a mark or a venue in parentheses off the end of the title."""
    match = BEHIND_TITLE.search(draft.split.title)
    place = place_of(match.group(1)) if match else None
    is_kind = bool(match and KIND_OF_WORK.fullmatch(match.group(1)))
    if match and (is_kind or (place and (place.marks or (place.is_known and place.year)))):
        if is_kind or place is None:
            draft.tags.append(match.group(1))
        else:
            draft.say(place)
        draft.split = replace(draft.split, title=draft.split.title[: match.start()])


def kind_of_title_link(url: str) -> str:
    kind = kind_by_address(url)
    return kind if kind in ("code", "video", "slides") else "paper"


def gather(draft: Draft, parts: Iterable[Piece], is_before: bool = False) -> None:
    """Take what the parts beside a title say."""
    run: list[Piece] = []
    parts = list(parts)
    for at, part in enumerate(parts):
        if part.kind == "text" and not (
            run and run[-1].slanted != part.slanted and part.text.strip()
        ):
            run.append(part)
            continue
        take_words(draft, run, is_before)
        run = []
        if part.kind == "text":
            run.append(part)
        elif part.kind in ("paren", "bracket"):
            around = label_before(parts[:at]) if any(x.kind == "link" for x in part.inner) else ""
            take_bracket(draft, part, around, is_before)
        elif part.kind == "link":
            take_link(draft, part, "", label_before(parts[:at]))
        elif part.kind == "code":
            take_tag(draft, part.text)
        else:
            take_badge(draft, part)
    take_words(draft, run, is_before)


def label_before(parts: list[Piece]) -> str:
    """Return the word before a colon that says what a bare link is: `code: https://...`."""
    text = parts[-1].text if parts and parts[-1].kind == "text" else ""
    match = re.search(r"([^\W\d][\w ()/-]{1,24})\s*[::]\s*$", text)
    return match.group(1).strip() if match and is_label(match.group(1)) else ""


def take_words(draft: Draft, run: list[Piece], is_before: bool = False) -> None:
    """Take names, a venue with its year, or a remark."""
    text = EMOJI.sub(" ", PAGES.sub("", "".join(part.text for part in run)))
    whole = text.strip(EDGES + "()[]")
    if not any(sign.isalnum() for sign in whole):
        return
    if not draft.authors and take_names_first(draft, text):
        return
    if (place := place_of(text)) and (place.is_known or not place.venue) and not people(text):
        draft.say(place)
        return
    if is_label(whole) and not any(sign.isdigit() for sign in whole):
        return
    if abbreviated := ABBREVIATED.match(whole):
        draft.say(Place(venue=abbreviated.group(1).strip(), year=int(abbreviated.group(2))))
        return
    if not draft.authors and (found := people(text, sure=not any(part.slanted for part in run))):
        draft.authors = found
        return
    for segment in SEGMENT.split(text, maxsplit=MOST_SEGMENTS):
        if segment and segment.strip(EDGES + "()[]"):
            take_segment(draft, segment.strip(" \t\n,;:|"), is_before)


def take_names_first(draft: Draft, text: str) -> bool:
    """Take names that a venue or a year follows; whether that was all."""
    text = re.sub(r"^by\s+", "", text.strip(EDGES), flags=re.IGNORECASE)
    behind = re.match(r"\(?((?:19|20)\d\d)[,)]+\s*(\S.+)", text)
    if behind and (found := people(behind.group(2))):
        draft.authors = found
        draft.say(Place(year=int(behind.group(1))))
        return True
    for names, rest in leading_names(text):
        place, head = place_of(rest), text[: -len(rest)]
        lone = len(names) == 1 and not people(head)
        if place and not (lone and (place.venue or place_of(head))):
            draft.authors = names
            draft.say(place)
            return True
    return False


def take_segment(draft: Draft, text: str, is_before: bool) -> None:
    words = tidy(text).strip(EDGES)
    place = place_of(words, is_before)
    found = () if draft.authors else people(words, sure=bool(draft.place.venue) or is_before)
    if found and not (place and place.is_known):
        draft.authors = found
    elif place and (place.is_known or not place.venue or not draft.place.venue):
        draft.say(place)
    elif take_names_and_place(draft, words) or is_label(words):
        pass
    elif any(letter.isalpha() for letter in words):
        draft.notes.append(tidy(text).strip(" ,;:|-–"))


def take_names_and_place(draft: Draft, words: str) -> bool:
    """Take "names, venue, year", split where the names end; whether all was taken."""
    parts = [part.strip() for part in re.split(r",(?![^()]*\))", words)]
    if len(words) > 1500:
        return False
    match = re.match(r"(.*\bet\.? al\b\.?)[\s,(]+(.*)$", words, re.IGNORECASE | re.DOTALL)
    cuts = [(match.group(1), match.group(2))] if match else []
    cuts += [(", ".join(parts[:at]), ", ".join(parts[at:])) for at in range(len(parts) - 1, 0, -1)][
        :6
    ]
    for names, rest in cuts:
        found = people(names, sure=False) if not draft.authors else ()
        place = place_of(rest)
        if found and place:
            draft.authors = found
            draft.say(place)
            return True
    known = [place_of(part) for part in parts]
    if len(parts) > 1 and any(place and (place.is_known or place.year) for place in known):
        for part, place in zip(parts, known, strict=True):
            if place and (place.is_known or not place.venue or place.year):
                draft.say(place)
            elif part and not draft.authors and people(part):
                draft.authors = people(part)
            elif part:
                draft.notes.append(part)
        return True
    return False


def take_bracket(draft: Draft, part: Piece, around: str, is_before: bool) -> None:
    """Take what stands in brackets or parentheses: links, a venue, a mark, a remark."""
    links = [one for one in part.inner if one.kind == "link"]
    if links:
        before = plain(part.inner[: part.inner.index(links[0])]).strip(" :,(-")
        is_place = bool(before) and not VERSION.search(before) and not OTHER_WORK.search(before)
        whole = place_of(before) if is_place else None
        if whole:
            draft.say(whole)
        for one in links:
            take_link(draft, one, "" if whole else before, around)
        rest = [one for one in part.inner if one.kind != "link" and one.text.strip(EDGES + "/&")]
        if not before and rest and (words := plain(rest)) and not is_label(words):
            take_bracket(draft, Piece("paren", words), "", is_before)
        return
    if any(one.kind == "code" for one in part.inner):
        for one in part.inner:
            if one.kind == "code":
                take_tag(draft, one.text)
        return
    if any(one.kind == "bracket" for one in part.inner) and part.kind == "bracket":
        for one in part.inner:
            take_bracket(
                draft, one if one.kind == "bracket" else Piece("paren", one.text), "", is_before
            )
        return
    take_remark(draft, part.text, is_before)


def take_remark(draft: Draft, text: str, is_before: bool) -> None:
    words = tidy(text).strip(EDGES)
    place = place_of(words)
    if KIND_OF_WORK.fullmatch(words):
        draft.tags.append(words)
        return
    if not words or (is_label(words) and not place):
        return
    if is_before and not place and (place := place_of(words, True)) and not place.year:
        draft.tags += [words] if any(sign.isalnum() for sign in words) else []
        return
    settled = draft.place.venue and not is_preprint(draft.place.venue)
    if place and place.venue and settled and not (place.year or place.marks):
        draft.notes.append(words)
        return
    if place and (place.is_known or place.marks or not place.venue) and "," not in place.venue:
        draft.say(place)
    elif take_names_and_place(draft, words):
        pass
    elif place or (place := place_of(words, True) if is_before else None):
        draft.say(place)
    elif not draft.authors and (found := people(words)):
        draft.authors = found
    elif any(letter.isalpha() for letter in words):
        draft.notes.append(words)


def take_link(draft: Draft, part: Piece, around: str = "", label: str = "") -> None:
    """Take a link beside the title, with the words that introduce it."""
    if any(one.kind == "image" for one in part.inner) and not any(
        one.text.strip() for one in part.inner if one.kind != "image"
    ):
        take_badge_link(draft, part)
        return
    text = part.text or label
    if around and OTHER_WORK.search(around) and not VERSION.search(around):
        draft.link("other", part.url, text, f"{around}:")
        return
    if around and VERSION.search(around):
        draft.link("version", part.url, text, f"{around}:" if not is_label(text) else around)
        return
    place = place_of(text)
    if (
        place
        and not place.arxiv
        and is_label(text)
        and (not place.is_known or is_preprint(place.venue))
    ):
        place = None
    if (
        place
        and (place.is_known or place.year)
        and not VERSION.search(text)
        and len(text.split()) <= 6
    ):
        draft.say(place)
        draft.link(kind_by_address(part.url) or "paper", part.url, text)
        return
    if OTHER_WORK.match(text.strip()):
        draft.link("other", part.url, text)
        return
    if people(text) and not is_scholarly(part.url) and not is_label(text):
        draft.authors = draft.authors + people(text)
        return
    draft.link(link_kind(text, part.url), part.url, text if part.text or label else "")
