"""The catalogue's admin: forms, sheets, and who may."""

import json

import pytest
import tablib
from django.contrib import admin

from eventsite import cells
from eventsite.models import Change
from papers import resources
from papers.editors import ensure_catalogue_editors
from papers.models import Author, Authorship, Item, Paper, Presentation, Section, Topic, Venue
from tests.admin_forms import errors, filled, upload
from tests.factories import (
    make_author,
    make_item,
    make_list,
    make_paper,
    make_section,
    make_user,
    make_venue,
)

pytestmark = pytest.mark.django_db

TABLES = {"paper", "author", "venue", "topic", "readinglist", "item"}
ALL = [
    *(resources.VenueResource, resources.VenueAliasResource, resources.TopicResource),
    *(resources.PaperResource, resources.IdentifierResource, resources.PaperLinkResource),
    *(resources.AuthorshipResource, resources.AuthorResource, resources.AuthorNameResource),
    *(resources.ReadingListResource, resources.SectionResource, resources.ItemResource),
]


def full_paper(title):
    """A paper with a row in every table of the catalogue."""
    venue = make_venue(f"Venue of {title}")
    venue.aliases.create(folded=f"alias {title.lower()}")
    paper = make_paper(
        title, authors=[f"Ada of {title}", f"Bob of {title}"], venue=venue, year=2017
    )
    paper.topics.set([Topic.objects.create(slug=f"topic-{title.lower()}", name=f"Topic {title}")])
    paper.cite_key, paper.details = f"key-{title.lower()}", {"page": "1-10", "volume": "3"}
    paper.save()
    paper.identifiers.create(scheme="arxiv", value=title)
    paper.links.create(kind="code", url=f"https://example.org/{title}", position=1)
    paper.authorships.first().author.names.create(name=f"A. of {title}")
    reading_list = make_list()
    first = make_section(reading_list, topic=paper.topics.get())
    second = make_section(reading_list, parent=first, level=2)
    make_item(reading_list, paper, section=second)
    return paper


@pytest.fixture
def editor(client):
    """A catalogue editor, logged in."""
    user = make_user("editor")
    user.groups.add(ensure_catalogue_editors())
    client.force_login(user)
    return user


def page_of(row, action="change"):
    return f"/admin/papers/{row._meta.model_name}/{row.pk}/{action}/"


# Who may


def test_every_table_has_a_place_in_the_matrix():
    registered = {
        model._meta.model_name
        for model in admin.site._registry
        if model._meta.app_label == "papers"
    }

    assert registered == TABLES


@pytest.mark.parametrize("table", sorted(TABLES))
def test_editors_and_superusers_reach_every_page_and_others_none(client, table):
    full_paper("One")
    model = next(each for each in admin.site._registry if each._meta.model_name == table)
    row = model.objects.first()
    users = {"editor": make_user(), "root": make_user(is_superuser=True), "nobody": make_user()}
    users["editor"].groups.add(ensure_catalogue_editors())
    base = f"/admin/papers/{table}/"
    pages = [base, f"{base}add/", f"{base}import/", f"{base}export/"]
    pages += [page_of(row, action) for action in ("change", "delete", "history")]

    statuses = {}
    for name, user in users.items():
        client.force_login(user)
        statuses[name] = {client.get(page).status_code for page in pages}
    client.logout()
    statuses["anonymous"] = {client.get(page).status_code for page in pages}

    assert statuses == {"editor": {200}, "root": {200}, "nobody": {403}, "anonymous": {302}}


@pytest.mark.parametrize("field", ["venue", "topics"])
def test_suggestions_are_not_for_everybody(client, field):
    full_paper("One")
    client.force_login(make_user())

    address = f"/admin/autocomplete/?app_label=papers&model_name=paper&field_name={field}"

    assert client.get(address).status_code == 403


def test_group_of_editors_holds_everything_but_what_publishing_writes():
    group = ensure_catalogue_editors()

    names = set(group.permissions.values_list("codename", flat=True))

    assert {"change_paper", "delete_item", "add_venue"} <= names
    assert not [name for name in names if "presentation" in name]
    assert ensure_catalogue_editors() == group


# Forms


def test_paper_is_saved_with_authors_identifiers_and_links_in_one_change(client, editor):
    ada = make_author("Ada")
    page = client.get("/admin/papers/paper/add/")

    client.post(
        "/admin/papers/paper/add/",
        filled(page, title="Éléments d’Analyse", **{"authorships-TOTAL_FORMS": 1})
        | {"authorships-0-author": ada.pk, "identifiers-TOTAL_FORMS": 1}
        | {"identifiers-0-scheme": "doi", "identifiers-0-value": "10.1/x"}
        | {"links-TOTAL_FORMS": 1, "links-0-kind": "code", "links-0-url": "https://example.org/"},
    )

    paper = Paper.objects.get()
    assert (paper.slug, paper.folded) == ("elements-danalyse", "elements d analyse")
    assert (paper.authorships.get().position, paper.links.get().position) == (1, 1)
    assert Change.objects.get().code == paper.code


def test_details_are_edited_as_lines(client, editor):
    paper = full_paper("One")
    Paper.objects.filter(pk=paper.pk).update(details={"page": "1-10"})
    page = client.get(page_of(paper))

    client.post(page_of(paper), filled(page, details="page: 1-12\r\nvolume: 3\r\n"))

    paper.refresh_from_db()
    assert page.context["adminform"].form["details"].value() == "page: 1-10"
    assert paper.details == {"page": "1-12", "volume": "3"}


def test_details_that_did_not_change_are_no_change(client, editor):
    paper = full_paper("One")
    Paper.objects.filter(pk=paper.pk).update(slug="one")

    client.post(page_of(paper), filled(client.get(page_of(paper))))

    assert [change.fields for change in Change.objects.all()] == []


def test_details_that_say_nothing_are_an_error_of_the_form(client, editor):
    paper = full_paper("One")

    response = client.post(page_of(paper), filled(client.get(page_of(paper)), details="page 1"))

    assert errors(response) == {"details": ["Line 1, “page 1”: write a name, a colon and a value."]}


def test_citation_key_stands_on_one_paper(client, editor):
    first, second = full_paper("One"), full_paper("Two")
    typed = {"cite_key": "lovelace1843"}
    client.post(page_of(first), filled(client.get(page_of(first)), **typed))

    response = client.post(page_of(second), filled(client.get(page_of(second)), **typed))

    assert list(errors(response)) == ["cite_key"]
    assert set(Paper.objects.values_list("cite_key", flat=True)) == {"key-two", "lovelace1843"}


def test_section_tied_to_a_topic_files_its_papers_there(client, editor):
    paper = full_paper("One")
    reading_list = paper.items.get().list
    topic = Topic.objects.create(slug="engines", name="Engines")
    typed = {"sections-1-topic": topic.pk}

    client.post(page_of(reading_list), filled(client.get(page_of(reading_list)), **typed))

    assert topic in paper.topics.all()
    assert set(Change.objects.values_list("table", flat=True)) == {
        *("papers.readinglist", "papers.paper"),
    }


def test_new_title_gives_new_slug_and_folded_title(client, editor):
    paper = full_paper("One")

    client.post(page_of(paper), filled(client.get(page_of(paper)), title="Two: Ünder 2"))

    paper.refresh_from_db()
    assert (paper.slug, paper.folded, paper.version) == ("two-under-2", "two under 2", 2)


def test_title_that_grows_when_folded_still_fits(client, editor):
    paper = full_paper("One")

    client.post(page_of(paper), filled(client.get(page_of(paper)), title="ﷺ" * 100))

    paper.refresh_from_db()
    assert len(paper.folded) == 500


def test_authors_change_places_in_one_save(client, editor):
    paper = full_paper("One")
    typed = {"authorships-0-position": "2", "authorships-1-position": "1"}

    response = client.post(page_of(paper), filled(client.get(page_of(paper)), **typed))

    assert response.status_code == 302
    assert [each.name for each in paper.authorships.all()] == ["Bob of One", "Ada of One"]


def test_sections_change_places_in_one_save(client, editor):
    reading_list = make_list()
    for heading in ("First", "Second"):
        make_section(reading_list, heading=heading)
    typed = {"sections-0-position": "2", "sections-1-position": "1"}

    client.post(page_of(reading_list), filled(client.get(page_of(reading_list)), **typed))

    assert [each.heading for each in reading_list.sections.all()] == ["Second", "First"]


def test_section_that_holds_items_is_not_deleted(client, editor):
    paper = full_paper("One")
    reading_list = paper.items.get().list

    response = client.post(
        page_of(reading_list),
        filled(client.get(page_of(reading_list)), **{"sections-1-DELETE": "on"}),
    )

    assert response.status_code == 200
    assert Section.objects.count() == 2


def test_same_identifier_on_two_papers_is_an_error_of_the_form(client, editor):
    full_paper("One")
    paper = full_paper("Two")

    response = client.post(
        page_of(paper), filled(client.get(page_of(paper)), **{"identifiers-0-value": "One"})
    )

    assert errors(response) == {
        "identifiers-0-__all__": ["Identifier with this Scheme and Value already exists."]
    }


@pytest.mark.parametrize(
    ("field", "value"), [("year", "99999"), ("year", "12"), ("month", "13"), ("year", "9" * 30)]
)
def test_year_or_month_that_cannot_be_is_an_error_of_the_form(client, editor, field, value):
    paper = full_paper("One")

    response = client.post(page_of(paper), filled(client.get(page_of(paper)), **{field: value}))

    assert response.status_code == 200
    assert errors(response)


def test_alias_of_a_venue_is_kept_folded(client, editor):
    venue = make_venue("Neural Information Processing Systems")
    typed = {"aliases-TOTAL_FORMS": 1, "aliases-0-folded": "  N.I.P.S. "}

    client.post(page_of(venue), filled(client.get(page_of(venue)), **typed))

    assert venue.aliases.get().folded == "n i p s"


def test_item_in_a_section_of_another_list_is_refused(client, editor):
    item = full_paper("One").items.get()
    other = make_section(make_list())

    response = client.post(page_of(item), filled(client.get(page_of(item)), section=other.pk))

    assert errors(response) == {"section": ["This section is of another list."]}


def test_items_are_reached_from_their_list_in_its_order(client, editor):
    first, other = make_list(), make_list()
    make_item(other, make_paper("Elsewhere"))
    for position, title in ((2, "Second"), (1, "First")):
        make_item(first, make_paper(title), position=position)

    address, words = client.get(page_of(first)).context["tools"][0]

    rows = client.get(address).context["cl"].result_list
    assert (str(words), [str(each) for each in rows]) == ("Items of this list", ["First", "Second"])


def test_what_an_import_writes_is_explained_and_not_edited(client, editor):
    item = make_item(make_list(), make_paper())

    form, own = (client.get(page_of(row)).context["adminform"] for row in (item, item.list))

    assert (form.readonly_fields, own.readonly_fields) == (["line", "lines"], ["dialect"])
    assert "1 is first" in str(form.form.fields["position"].help_text)


def test_import_of_sheets_is_named_apart_from_that_of_papers(client, editor):
    page = client.get("/admin/papers/readinglist/").content.decode()

    assert [f">{words}</a>" in page for words in ("Import papers", "Import a sheet", "Import")] == [
        True,
        True,
        False,
    ]


def test_presentations_are_shown_and_not_written(client, editor):
    paper = full_paper("One")
    Presentation.objects.create(
        paper=paper, code="T22222222", event_slug="e", label="At E", url="/"
    )
    page = client.get(page_of(paper))

    client.post(page_of(paper), filled(page, **{"presentations-0-label": "Mine"}))

    assert "At E" in page.content.decode()
    assert Presentation.objects.get().label == "At E"


@pytest.mark.parametrize("table", sorted(TABLES))
@pytest.mark.parametrize("papers", [1, 10])
def test_list_needs_as_many_queries_however_long(
    client, django_assert_max_num_queries, table, papers
):
    for number in range(papers):
        full_paper(f"P{number}")
    client.force_login(make_user(is_superuser=True))

    with django_assert_max_num_queries(10):
        client.get(f"/admin/papers/{table}/")


# Sheets


def parents_of(resource):
    owner = getattr(resource, "parent", None)
    model = resource._meta.model
    return (model._meta.get_field(owner).related_model if owner else model).objects.all()


@pytest.mark.parametrize("format_", [cells.CSV(), cells.XLSX(), cells.JSON()])
@pytest.mark.parametrize("resource", ALL)
def test_export_read_back_changes_nothing(resource, format_):
    for title in ("One", "Two"):
        full_paper(title)
    written = format_.export_data(resource().export(parents_of(resource)))

    result = resource().import_data(format_.create_dataset(written))

    assert [str(row.error) for row in result.invalid_rows] == []
    assert not result.has_errors()
    assert result.totals["skip"] == result.total_rows > 0
    assert Change.objects.count() == 0


def imported(resource, *rows):
    data = tablib.Dataset(*[list(row.values()) for row in rows], headers=list(rows[0]))
    result = resource().import_data(data, rollback_on_validation_errors=True)
    return [" ".join(row.error.messages) for row in result.invalid_rows]


def test_new_paper_gets_slug_and_folded_title_from_a_sheet():
    refused = imported(resources.PaperResource, {"title": "On  Engines", "year": 1843})

    assert refused == []
    paper = Paper.objects.get()
    assert (paper.slug, paper.folded) == ("on-engines", "on engines")


def test_sheet_of_papers_holds_citation_key_and_details():
    refused = imported(
        resources.PaperResource,
        {"title": "One", "cite_key": "a1", "details": "page: 1-10\nvolume: 3"},
        {"title": "Two", "cite_key": "", "details": "page 1"},
        {"title": "Three", "cite_key": "", "details": ""},
    )

    assert refused == ["Line 1, “page 1”: write a name, a colon and a value."]
    imported(
        resources.PaperResource,
        {"title": "One", "cite_key": "a1", "details": "page: 1-10\nvolume: 3"},
        {"title": "Three", "cite_key": "", "details": ""},
    )
    assert dict(Paper.objects.values_list("title", "details")) == {
        "One": {"page": "1-10", "volume": "3"},
        "Three": {},
    }
    assert Paper.objects.get(title="One").cite_key == "a1"


def test_venue_is_known_by_its_slug_and_needs_its_version():
    venue = make_venue("Old", slug="neurips")

    refused = imported(resources.VenueResource, {"slug": "neurips", "version": "", "name": "New"})
    taken = imported(resources.VenueResource, {"slug": "neurips", "version": 1, "name": "New"})
    added = imported(resources.VenueResource, {"slug": "icml", "version": "", "name": "ICML"})

    assert refused == ["Old is there already; give the version you saw."]
    assert (taken, added) == ([], [])
    venue.refresh_from_db()
    assert (venue.name, venue.version) == ("New", 2)
    assert Venue.objects.count() == 2


def test_authorship_names_author_by_code_or_name_and_paper_by_code():
    paper, ada = make_paper("Engines"), make_author("Ada")

    refused = imported(
        resources.AuthorshipResource,
        {"paper": paper.code, "version": 1, "position": 1, "author": "Ada"},
        {"paper": paper.code, "version": 1, "position": 2, "author": ada.code},
    )

    assert refused == []
    assert Authorship.objects.filter(author=ada).count() == 2
    paper.refresh_from_db()
    assert paper.version == 2


def test_item_names_its_section_by_heading_or_position_within_the_list():
    first, second = make_list(slug="one"), make_list(slug="two")
    for reading_list in (first, second):
        make_section(reading_list, heading="Training")
    make_paper("Engines")
    row = {"list": "two", "paper": "Engines", "position": 1, "section": "Training"}

    refused = imported(resources.ItemResource, row, {**row, "position": 2, "section": "1"})

    assert refused == []
    assert {item.section.list for item in Item.objects.all()} == {second}


def test_import_through_the_admin_makes_the_change_the_editors(client, editor, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    preview = upload(client, "author", [{"name": "Ada Lovelace"}], app="papers")

    client.post("/admin/papers/author/process_import/", preview.context["confirm_form"].initial)

    author = Author.objects.get()
    change = Change.objects.get()
    assert (author.slug, change.by, change.code) == ("ada-lovelace", editor, author.code)


def test_export_is_of_what_the_list_shows(client, editor):
    for title in ("One", "Two"):
        full_paper(title)

    response = client.post("/admin/papers/paper/export/?q=Two", {"format": "2", "resource": "0"})

    assert [row["title"] for row in json.loads(response.content)] == ["Two"]
