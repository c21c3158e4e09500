"""What the page of an agenda shows: what is starred, and the ways to its calendar."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from talks import agendas
from talks.feeds import ways, with_values
from talks.qr import qr_code
from talks.released import Head
from talks.shown import Shown
from talks.starred import Stars, items
from talks.views_calendar import calendar_name, reminders

MOST_SHARED = 500  # codes in a link: servers refuse lines over 8 kB


def listed(shown: Sequence[Shown], stars: Stars) -> dict[str, object]:
    """What stands of the stars, and what of them was withdrawn; `share` is a link to the rest."""
    kept = [one for one in shown if holds(one.head, stars)]
    standing = {code for one in kept for code in agendas.codes(one.head).standing}
    codes = ",".join(code for code in stars if code in standing)
    is_short = 0 < codes.count(",") + bool(codes) <= MOST_SHARED
    path = reverse("talks:agenda", args=[shown[0].head.slug])
    return {
        "items": items([one.programme for one in kept], stars),
        "gone": [(one.programme.event, code) for one in kept for code in gone_of(one.head, stars)],
        "codes": codes,
        "share": f"{settings.SITE_URL}{path}?codes={codes}" if is_short else "",
        "most_shared": MOST_SHARED,
        "is_many": len(shown) > 1,
    }


def links(shown: Shown, key: str, alarm: int | None) -> dict[str, object]:
    """The address of the feed and the ways to it, shown on this page and on no other."""
    if not key:
        return {}
    event = shown.programme.event
    path = reverse("talks:agenda_ics", args=[shown.head.slug, key])
    found = ways(
        with_values(settings.SITE_URL + path, alarm=alarm), calendar_name(event, _("My agenda"))
    )
    return {"ways": found, "code": qr_code(found.webcal), "reminders": reminders(alarm)}


def holds(head: Head, stars: Stars) -> bool:
    known = agendas.codes(head)
    return not known.standing.isdisjoint(stars) or not known.gone.isdisjoint(stars)


def gone_of(head: Head, stars: Stars) -> list[str]:
    return [code for code in stars if code in agendas.codes(head).gone]
