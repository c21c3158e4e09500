"""An address as a QR code, for a template to draw."""

from dataclasses import dataclass

import segno

LONGEST = 600  # octets; a longer address makes a code too fine for a phone
QUIET = 4  # modules of white around the code, by ISO/IEC 18004


@dataclass(frozen=True, slots=True)
class QrCode:
    """`path` draws the dark modules in a square of `size`, the quiet zone included."""

    path: str
    size: int


def qr_code(address: str) -> QrCode | None:
    """Return the code of an address in ASCII; None when it is too long to be read."""
    if len(address) > LONGEST:
        return None
    matrix = segno.make(address, error="m", micro=False).matrix
    runs = [
        f"M{x + QUIET} {y + QUIET}h1v1h-1z"
        for y, row in enumerate(matrix)
        for x, is_dark in enumerate(row)
        if is_dark
    ]
    return QrCode("".join(runs), len(matrix) + 2 * QUIET)
