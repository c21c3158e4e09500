"""The people of the catalogue: one group of Django's, whose members edit papers and lists."""

from django.contrib.auth.models import Group, Permission

NAME = "catalogue editors"


def ensure_catalogue_editors() -> Group:
    """Return the group, made if it is missing, with every permission on the catalogue's tables.

    After `migrate`, which makes the permissions; presentations are written by publishing alone.
    """
    group, _made = Group.objects.get_or_create(name=NAME)
    tables = Permission.objects.filter(content_type__app_label="papers")
    group.permissions.set(tables.exclude(content_type__model="presentation"))
    return group
