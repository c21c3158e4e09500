import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from talks.publishing import publish
from talks.uploads import is_document, is_picture
from tests.factories import make_event, make_person, make_session, make_talk

PNG = b"\x89PNG\r\n\x1a\n" + bytes(32)
PDF = b"%PDF-1.7\n"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def make_published_person(name="ada.png", content=PNG):
    event = make_event()
    person = make_person(event, "Ada", picture=ContentFile(content, name))
    make_talk(event, people=["Ada"], session=make_session(event))
    publish(event)
    return event, person


@pytest.mark.django_db
def test_picture_of_a_released_person_is_sent_for_ever(client):
    event, person = make_published_person()

    answer = client.get(f"/events/{event.slug}/files/{person.picture.name}")

    assert b"".join(answer.streaming_content) == PNG
    assert answer["Content-Type"] == "image/png"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["Content-Disposition"] == 'inline; filename="ada.png"'


@pytest.mark.django_db
def test_slides_are_sent_as_a_download(client):
    event = make_event()
    talk = make_talk(event, session=make_session(event))
    link = talk.links.create(kind="slides", file=ContentFile(PDF, "slides of ada.pdf"))
    publish(event)

    answer = client.get(f"/events/{event.slug}/files/{link.file.name}")

    assert answer["Content-Disposition"] == 'attachment; filename="slides_of_ada.pdf"'
    assert b"".join(answer.streaming_content) == PDF


@pytest.mark.django_db
def test_file_that_the_release_does_not_name_is_a_404(client):
    event, _person = make_published_person()
    draft = make_person(event, "Bob", picture=ContentFile(PNG + b"bob", "bob.png"))

    answer = client.get(f"/events/{event.slug}/files/{draft.picture.name}")

    draft.picture.close()
    assert answer.status_code == 404


@pytest.mark.django_db
def test_picture_is_gone_with_the_release_that_drops_it(client):
    event, person = make_published_person()
    address = f"/events/{event.slug}/files/{person.picture.name}"
    person.picture = ""
    person.save()
    publish(event)

    answer = client.get(address)

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("check", "name", "content"),
    [
        (is_picture, "evil.svg", b"<svg onload=alert(1)>"),
        (is_picture, "evil.png", b"<html><script>alert(1)</script>"),
        (is_picture, "big.png", PNG + bytes(4 * 1024 * 1024)),
        (is_picture, "slides.pdf", PDF),
        (is_document, "page.html", b"<html>"),
        (is_document, "noending", PDF),
        (is_document, "page.pdf", b"<html>"),
    ],
)
def test_file_that_could_harm_is_refused(check, name, content):
    with pytest.raises(ValidationError):
        check(ContentFile(content, name))


@pytest.mark.django_db
def test_person_whose_picture_is_lost_can_still_be_checked():
    person = make_person(make_event(), "Ada", picture=ContentFile(PNG, "ada.png"))
    person.picture.storage.delete(person.picture.name)

    assert type(person).objects.get().full_clean() is None


@pytest.mark.parametrize(
    ("check", "name", "content"),
    [(is_picture, "ada.PNG", PNG), (is_document, "slides.pdf", PDF)],
)
def test_file_that_is_what_it_says_is_taken(check, name, content):
    assert check(ContentFile(content, name)) is None
