"""What the rules about talks that belong together are called, and what their clashes say."""

from django.utils.translation import gettext_lazy as _

from .wording import Label, told

LABELS = {
    "in_order": Label(
        _("Order and parts"),
        _(
            "What comes before another talk is over when that begins; the parts of a talk follow"
            " each other in one room."
        ),
    ),
    "never_parallel": Label(
        _("Never at the same time"),
        _("Talks that must never be parallel share no time."),
    ),
    "pinned": Label(
        _("What is pinned stays"),
        _("Sessions and talks stay at the time, in the room or in the session they are pinned to."),
    ),
}

SENTENCES = {
    ("in_order", "before"): told(_("%(one)s must be over before %(other)s begins.")),
    ("in_order", "part_order"): told(
        _("%(other)s goes on from %(one)s, and must not begin before that is over.")
    ),
    ("in_order", "part_apart"): told(
        _("%(other)s goes on from %(one)s, but does not follow it directly.")
    ),
    ("in_order", "part_room"): told(_("%(other)s goes on from %(one)s, but is in another room.")),
    ("never_parallel", ""): told(_("These must never be at the same time: %(one)s and %(other)s.")),
    ("pinned", "time"): told(_("%(one)s is pinned to another time: %(away)s.")),
    ("pinned", "room"): told(_("%(one)s is pinned to another room: %(first)s.")),
    ("pinned", "no_room"): told(_("%(one)s is in a room, but pinned to none.")),
    ("pinned", "session"): told(_("%(one)s is pinned to another session: “%(first)s”.")),
    ("pinned", "talk_time"): told(_("%(one)s is pinned to another time: %(away)s.")),
}
