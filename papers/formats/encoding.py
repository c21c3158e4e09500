"""Bytes as text: the encoding said by the file or guessed from it, never guessed weakly.

UTF-8 and UTF-16 show by themselves. Of the older ones the guess is only taken when its reading
looks like text; else the line is named that nobody can be sure of.
"""

import codecs
import re

from charset_normalizer import from_bytes

from papers.entries import Refused

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
ONE_BYTE = ["cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "koi8_r"]
MORE_BYTES = ["cp932", "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr", "cp949"]
# What western European text holds beside ASCII; a reading with other signs is another encoding.
WESTERN = re.compile("[ -~\t\n\rÀ-ÖØ-öø-ÿŠšŽžŒœŸ‘’“”„‚–—…•·€£§©®™°±²³µ«»¿¡ªº´\xa0×]*")
# What it does not hold: many such signs in a row, or one that is no letter within a word.
UNLIKELY = re.compile("[^\x00-\x7f]{3,}|[a-z][•€£§©®±²³µ«»¿¡ªº×„‚…][a-z]")
SAMPLE = 60_000  # bytes of the lines that are no ASCII, by which an encoding is guessed
MOST_CHAOS = 0.1  # of charset_normalizer: the share of a text that no text would hold


def decoded(content: bytes) -> tuple[str, str]:
    """Return text and encoding. Raises Refused, naming the line, where neither is sure."""
    text, encoding = _decoded(content)
    at = text.find("\0")
    if at >= 0:
        raise Refused(f"Line {text.count(chr(10), 0, at) + 1} holds a NUL: this is no text.")
    return text, encoding


def _decoded(content: bytes) -> tuple[str, str]:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _strictly(content[len(mark) :], encoding), encoding.removesuffix("-le")
    wide = _utf_16(content)
    if wide:
        return _strictly(content, wide), wide
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        wrong = error.start
    lines = [one for one in content.split(b"\n") if not one.isascii()]
    sample = b"\n".join(lines)[:SAMPLE]
    found = _guessed(sample)
    if found:
        try:
            return content.decode(found), found
        except UnicodeDecodeError:
            pass  # the guess held for the sample alone
    number = content.count(b"\n", 0, wrong) + 1
    shown = lines[0].decode("utf-8", errors="replace").strip()[:80] if lines else ""
    raise Refused(
        f"Line {number}, “{shown}”, is not in UTF-8, and which encoding it is in cannot be told"
        " for sure. Save the file as UTF-8."
    )


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        number = content.count(b"\n", 0, error.start) + 1
        raise Refused(f"The file says it is in {encoding}, and line {number} is not.") from None


def _utf_16(content: bytes) -> str:
    """Return the kind of UTF-16 without a mark: every other byte of mostly ASCII is zero."""
    start = content[:2000]
    zeros = start[0::2].count(0), start[1::2].count(0)
    half = len(start) // 2
    if half > 4 and zeros[1] > half * 0.6 and not zeros[0]:
        return "utf-16-le"
    return "utf-16-be" if half > 4 and zeros[0] > half * 0.6 and not zeros[1] else ""


def _guessed(sample: bytes) -> str:
    """Return the older encoding that a sample is in, or nothing where that is not sure."""
    try:
        western = sample.decode("cp1252")
    except UnicodeDecodeError:
        western = "\0"
    if WESTERN.fullmatch(western) and not UNLIKELY.search(western):
        return "cp1252"
    best = from_bytes(sample, cp_isolation=ONE_BYTE + MORE_BYTES).best()
    if best is None or best.chaos > MOST_CHAOS:
        return ""
    is_sure = best.encoding in MORE_BYTES or best.coherence > 0
    return best.encoding if is_sure else ""
