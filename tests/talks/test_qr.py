import re

import segno

from talks.qr import LONGEST, QUIET, qr_code

ADDRESS = "https://example.org/events/dl-17/calendar/?track=K2222222A&alarm=10"


def test_code_draws_every_dark_module_inside_a_quiet_zone():
    dark = {
        (x + QUIET, y + QUIET)
        for y, row in enumerate(segno.make(ADDRESS, error="m", micro=False).matrix)
        for x, is_dark in enumerate(row)
        if is_dark
    }

    code = qr_code(ADDRESS)

    drawn = re.findall(r"M(\d+) (\d+)h1v1h-1z", code.path)
    assert {(int(x), int(y)) for x, y in drawn} == dark
    assert max(max(point) for point in dark) == code.size - QUIET - 1


def test_address_too_long_for_a_phone_has_no_code():
    assert qr_code("https://example.org/?q=" + "a" * LONGEST) is None
