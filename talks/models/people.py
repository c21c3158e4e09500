"""People of an event, and what they do for it."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from eventsite.fields import CodeField, is_code, is_of_our_time, is_one_of
from eventsite.models import Edited
from eventsite.zones import is_zone
from talks.uploads import is_picture, keep_picture
from talks.validators import is_links


class Person(Edited):
    """Someone at one event; the e-mail address and the notes are never public."""

    child_sets = ("event_roles", "times")

    code = CodeField("H")
    event = models.ForeignKey("talks.Event", on_delete=models.CASCADE, related_name="people")
    name = models.CharField(_("name"), max_length=200)
    sort_name = models.CharField(
        _("name to sort by"), max_length=200, blank=True, help_text=_("Family name, given name")
    )
    affiliation = models.CharField(_("affiliation"), max_length=300, blank=True)
    about = models.TextField(_("about"), blank=True, help_text=_("Markdown"))
    email = models.EmailField(_("e-mail"), blank=True, help_text=_("Never shown to the public"))
    notes = models.TextField(_("notes"), blank=True, help_text=_("For organizers alone"))
    zone = models.CharField(
        _("time zone"),
        max_length=60,
        blank=True,
        validators=[is_zone],
        help_text=_("Where they speak from, if they are not at the event; for organizers alone"),
    )
    links = models.TextField(
        _("links"),
        blank=True,
        validators=[is_links],
        help_text=_("One on each line: a label, a space, https://…"),
    )
    picture = models.FileField(
        _("picture"), upload_to=keep_picture, max_length=200, blank=True, validators=[is_picture]
    )
    author = models.ForeignKey(
        "papers.Author",
        verbose_name=_("author in the catalogue"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="people",
    )

    class Meta:
        ordering = ["sort_name", "name", "pk"]
        constraints = [is_code("person", "H")]
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("talks:person", args=[self.event.slug, self.code])


class EventPart(models.TextChoices):
    ORGANIZER = "organizer", _("organizer")
    PROGRAMME = "programme", _("programme committee")
    ADVISOR = "advisor", _("advisor")


class EventRole(models.Model):
    """What a person does for the event as a whole."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="event_roles")
    role = models.CharField(
        _("role"), max_length=20, choices=EventPart, default=EventPart.ORGANIZER
    )
    position = models.PositiveIntegerField(_("position"), default=0)
    affiliation = models.CharField(_("affiliation as printed"), max_length=300, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            is_one_of("eventrole", "role", EventPart),
            models.UniqueConstraint(fields=["person", "role"], name="eventrole_once"),
        ]
        verbose_name = _("role at the event")
        verbose_name_plural = _("roles at the event")

    def __str__(self):
        return self.get_role_display()


class TimeLevel(models.TextChoices):
    CANNOT = "cannot", _("cannot")
    RATHER_NOT = "rather_not", _("rather not")
    LIKES = "likes", _("likes")


class PersonTime(models.Model):
    """When a person cannot be on stage, would rather not, or likes to be: for organizers alone."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="times")
    start = models.DateTimeField(_("start"))
    end = models.DateTimeField(_("end"))
    level = models.CharField(_("level"), max_length=20, choices=TimeLevel, default=TimeLevel.CANNOT)

    class Meta:
        ordering = ["start", "end", "pk"]
        constraints = [
            is_one_of("persontime", "level", TimeLevel),
            is_of_our_time("persontime", "start"),
            is_of_our_time("persontime", "end"),
            models.CheckConstraint(
                name="persontime_start_before_end",
                condition=Q(start__lt=F("end")),
                violation_error_message=_("A time must end after it starts."),
            ),
        ]
        verbose_name = _("time of a person")
        verbose_name_plural = _("times of people")

    def __str__(self):
        return self.get_level_display()

    @property
    def event(self):
        return self.person.event
