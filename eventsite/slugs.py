"""The words of a title as they stand in an address."""

import re
import unicodedata

SLUG_LENGTH = 60  # characters

# Letters that Unicode does not take apart into a base letter and a mark.
_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i"}
    | {"'": None, "’": None}
)


def slug(text: str) -> str:
    """Return ASCII words in lower case, joined by "-", at most 60 characters, cut at a word.

    Empty when no letter or digit of the text has an ASCII form.
    """
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    words = re.findall("[a-z0-9]+", folded.encode("ascii", "ignore").decode())
    kept = words[0][:SLUG_LENGTH] if words else ""
    for word in words[1:]:
        if len(kept) + 1 + len(word) > SLUG_LENGTH:
            break
        kept += f"-{word}"
    return kept
