"""What the marks of list makers mean: "o" behind a venue is an oral, "Best paper!" an award."""

LETTERS = {"o": "oral", "s": "spotlight", "w": "workshop", "b": "best paper"}


def meaning(mark: str) -> str:
    """Return a mark as a word in lower case, whatever its form."""
    folded = " ".join(mark.casefold().split()).strip(" !.")
    return LETTERS.get(folded, folded)


def shown(mark: str) -> str:
    """Return a mark as people read it: a letter as its word, all else as it was written."""
    word = meaning(mark)
    return word if word in LETTERS.values() else " ".join(mark.split())
