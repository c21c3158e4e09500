"""Pictures and files that the current release names; any other is a 404."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .records import Programme
from .shown import shown_in_place
from .uploads import PICTURES, content_type

A_YEAR = 31_536_000  # seconds


@require_safe
def file(
    request: HttpRequest, event_slug: str, digest: str, name: str, key: str = ""
) -> FileResponse:
    """Send a file that lies under the hash of its bytes, so that it can be kept for ever."""
    shown = shown_in_place(key, event_slug)
    place = f"{digest}/{name}"
    if place not in named(shown.programme):
        raise Http404(_("No file of the programme is here."))
    if not default_storage.exists(place):
        raise Http404(_("The file is missing from the store."))
    kind = content_type(place)
    is_picture = kind in {type_ for _start, type_ in PICTURES.values()}
    response = FileResponse(
        default_storage.open(place), content_type=kind, as_attachment=not is_picture, filename=name
    )
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response


def named(programme: Programme) -> set[str]:
    """Return the files that a programme names."""
    pictures = {person.picture for person in programme.people}
    return (pictures | {link.file for talk in programme.talks for link in talk.links}) - {""}
