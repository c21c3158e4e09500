"""How Django knows this app."""

from django.apps import AppConfig


class TalksConfig(AppConfig):
    name = "talks"
    verbose_name = "Events"
