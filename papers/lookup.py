"""Finds the row that an address names, or says that there is none."""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils.translation import gettext

from eventsite.codes import code_of
from papers.joining import moved_to
from papers.models import Author, Paper, ReadingList, Topic, Venue
from papers.records import TopicRecord, TopicTree

Row = TypeVar("Row", bound=Model)


def find_paper(rows: QuerySet[Paper], segment: str) -> Paper:
    """Return the paper of `<code>-<slug>`."""
    missing = gettext("There is no paper “%(name)s” here.")
    return one(rows, missing, segment, code=code_of(segment))


def find_author(rows: QuerySet[Author], segment: str) -> Author:
    """Return the author of `<code>-<slug>`."""
    missing = gettext("There is no author “%(name)s” here.")
    return one(rows, missing, segment, code=code_of(segment))


def find_venue(rows: QuerySet[Venue], slug: str) -> Venue:
    return one(rows, gettext("There is no venue “%(name)s” here."), slug, slug=slug)


def find_list(rows: QuerySet[ReadingList], slug: str) -> ReadingList:
    return one(rows, gettext("There is no reading list “%(name)s” here."), slug, slug=slug)


def find_topic(slug: str) -> tuple[TopicTree, TopicRecord]:
    """Return a topic with a public paper in it or below, and the tree it stands in."""
    tree = TopicTree(Topic.objects.records())
    record = tree.find(slug)
    if record is None:
        raise Http404(gettext("There is no topic “%(name)s” here.") % {"name": slug[:60]})
    return tree, record


def one(rows: QuerySet[Row], missing: str, name: str, **lookup: str) -> Row:
    """Return the row, that into which it was merged, or raise Http404 that says which `name`."""
    row = rows.filter(**lookup).first()
    if row is None and "code" in lookup:
        row = rows.filter(code__in=moved_to([lookup["code"]]).values()).first()
    if row is None:
        raise Http404(missing % {"name": name[:60]})
    return row
