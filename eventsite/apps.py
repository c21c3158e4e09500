"""How Django knows this app, and the admin under the name of the site."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class EventsiteConfig(AppConfig):
    name = "eventsite"


class SiteAdminConfig(AdminConfig):
    """Django's admin, with our site: see `eventsite/site.py`."""

    default_site = "eventsite.site.Site"
