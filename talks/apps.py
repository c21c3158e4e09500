"""How Django knows this app, and who makes the proposals that are asked for."""

from django.apps import AppConfig
from django.utils.module_loading import import_string


class TalksConfig(AppConfig):
    name = "talks"
    verbose_name = "Events"

    def ready(self) -> None:
        """Take jobs, by names: the tables cannot be imported before now, nor shall the solver."""
        handles, ended = map(import_string, ("eventsite.jobs.handles", "talks.proposals.ended"))

        def run(job: object, running: object) -> str:
            return str(import_string("talks.solving.run")(job, running))

        handles("propose", run, ended)
