"""The rules of an event: what is set is kept, what is as by default is not, nothing is lost."""

import re

import pytest

from eventsite import writing
from talks.models import RuleSetting
from talks.solver.rules import ABOUT
from tests.admin_forms import collect
from tests.factories import make_event, make_organizer, make_rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_event(name="Workshop on Events")


@pytest.fixture
def organizer(client, event):
    user = make_organizer(event)
    client.force_login(user)
    return user


def page_of(event):
    return f"/admin/talks/event/{event.pk}/rules/"


def filled(response, **typed):
    """Return the POST of the page as a browser would send it, with what was shown hidden in it."""
    data = {}
    for _words, forms in response.context["sections"]:
        for form in forms:
            collect(form, data)
    body = response.content.decode()
    for tag in re.findall(r'<input type="hidden" name="initial-[^>]*>', body):
        value = re.search('value="([^"]*)"', tag)
        data[re.search('name="([^"]*)"', tag)[1]] = value[1] if value else ""
    return {**data, **typed}


def save(client, event, **typed):
    """Open the page, change fields ("room_twice-level" is given as room_twice__level), save."""
    named = {name.replace("__", "-"): value for name, value in typed.items()}
    return client.post(page_of(event), filled(client.get(page_of(event)), **named), follow=True)


def errors(response):
    return response.context["errors"]


def kept(event):
    return {row.rule: (row.level, row.weight, row.options) for row in event.rules.all()}


def test_every_rule_is_on_the_page_with_its_words(client, event, organizer):
    response = client.get(page_of(event))

    shown = [form.rule for _words, forms in response.context["sections"] for form in forms]
    assert sorted(shown) == sorted(ABOUT)
    body = response.content.decode()
    assert "Nobody in two places at once" in body
    assert "Two sessions in one room must not share time." in body
    assert "By default: level: warn, weight: 1" in body


def test_level_weight_and_options_are_kept(client, event, organizer):
    typed = {
        "room_twice__level": "block",
        "room_twice__weight": "9",
        "person_twice__option_authors": "on",
        "in_hours__option_first": "08:30",
        "buffer__option_person_minutes": "15",
        "spread__option_people": "same_day",
        "diversity__option_order": "easy, hard",
    }

    save(client, event, **typed)

    assert kept(event) == {
        "room_twice": ("block", 9, {}),
        "person_twice": ("warn", 1, {"authors": True}),
        "in_hours": ("warn", 1, {"first": "08:30"}),
        "buffer": ("warn", 1, {"person_minutes": 15}),
        "spread": ("warn", 2, {"people": "same_day"}),
        "diversity": ("warn", 1, {"order": "easy, hard"}),
    }
    row = event.rules.get(rule="room_twice")
    assert writing.history(row).get().by == organizer


def test_what_is_set_is_shown_again(client, event, organizer):
    make_rule(event, "in_hours", level="block", options={"first": "08:30", "step": 10})

    response = client.get(page_of(event))

    [form] = [each for _words, them in response.context["sections"] for each in them if each.is_own]
    assert form.rule == "in_hours"
    values = {field.name: field.value() for field in form.visible_fields()}
    assert values == {
        "level": "block",
        "weight": 1,
        "option_first": "08:30",
        "option_last": "",
        "option_step": 10,
    }


def test_saving_without_a_change_writes_nothing(client, event, organizer):
    make_rule(event, "in_hours", level="block", options={"first": "08:30"})

    response = save(client, event)

    assert "Nothing was changed." in response.content.decode()
    assert event.rules.get().version == 1


def test_rule_that_is_as_by_default_again_is_kept_no_more(client, event, organizer):
    make_rule(event, "in_hours", level="block", options={"first": "08:30"})

    response = save(client, event, in_hours__level="warn", in_hours__option_first="")

    assert "1 rule is saved." in response.content.decode()
    assert kept(event) == {}


def test_box_that_is_no_longer_ticked_is_kept(client, event, organizer):
    data = filled(client.get(page_of(event)))
    del data["person_twice-option_chairs"]

    client.post(page_of(event), data)

    assert kept(event) == {"person_twice": ("warn", 1, {"chairs": False})}


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        (
            "room_twice__weight",
            "heavy",
            "One session at a time in a room, weight: found “heavy”,"
            " expected a whole number from 0 to 100000.",
        ),
        (
            "room_twice__weight",
            "-1",
            "One session at a time in a room, weight: found “-1”,"
            " expected a whole number from 0 to 100000.",
        ),
        (
            "room_twice__level",
            "explode",
            "One session at a time in a room, level: found “explode”,"
            " expected one of “block”, “warn”, “ignore”.",
        ),
        (
            "in_hours__option_first",
            "half past",
            "%(name)s, %(label)s: found “half past”, expected a time like 09:30, or nothing.",
        ),
        (
            "in_hours__option_step",
            "5.5",
            "%(name)s, %(label)s: found “5.5”, expected a whole number from 0 to 100000.",
        ),
        (
            "spread__option_people",
            "some_day",
            "%(name)s, %(label)s: found “some_day”,"
            " expected one of “”, “same_day”, “different_days”.",
        ),
    ],
)
def test_bad_value_is_named_and_nothing_is_saved(client, event, organizer, field, value, sentence):
    response = save(client, event, person_away__level="block", **{field: value})

    rule, name = field.split("__")
    forms = [form for _words, them in response.context["sections"] for form in them]
    [form] = [form for form in forms if form.rule == rule]
    words = {"name": form.label.name, "label": form.fields[name].label}
    assert errors(response) == [sentence % words if "%(" in sentence else sentence]
    assert kept(event) == {}
    assert form[name].value() == value


def test_rules_that_others_saved_meanwhile_stay(client, event, organizer):
    page = client.get(page_of(event))
    make_rule(event, "room_twice", level="block")

    client.post(page_of(event), filled(page, **{"person_away-level": "ignore"}))

    assert kept(event) == {"room_twice": ("block", 1, {}), "person_away": ("ignore", 1, {})}


def test_rule_that_was_saved_meanwhile_is_told_with_both_versions(client, event, organizer):
    row = make_rule(event, "room_twice", weight=2)
    page = client.get(page_of(event))
    writing.change(row, 1, {"weight": 3})

    response = client.post(page_of(event), filled(page, **{"room_twice-weight": "4"}))

    assert errors(response) == [
        "Yours: “4”. Now: “3”. As you saw it: “2”.",
        "One session at a time in a room: somebody else saved this rule after you opened the page.",
    ]
    assert kept(event)["room_twice"] == ("warn", 3, {})


def test_saving_once_more_overwrites_knowingly(client, event, organizer):
    page = client.get(page_of(event))
    make_rule(event, "room_twice", weight=3)
    refused = client.post(page_of(event), filled(page, **{"room_twice-weight": "4"}))

    response = client.post(page_of(event), filled(refused), follow=True)

    assert "1 rule is saved." in response.content.decode()
    assert kept(event) == {"room_twice": ("warn", 4, {})}
    assert RuleSetting.objects.get().version == 2


def test_rule_that_was_reset_meanwhile_is_told_too(client, event, organizer):
    row = make_rule(event, "room_twice", weight=2)
    page = client.get(page_of(event))
    writing.delete(row, 1)

    refused = client.post(page_of(event), filled(page, **{"room_twice-weight": "4"}))
    client.post(page_of(event), filled(refused))

    assert errors(refused)[0] == "Yours: “4”. Now: “1”. As you saw it: “2”."
    assert kept(event) == {"room_twice": ("warn", 4, {})}


@pytest.mark.parametrize(
    ("role", "status"), [("owner", 302), ("editor", 302), ("scheduler", 302), ("viewer", 403)]
)
def test_viewers_see_and_others_set(client, event, role, status):
    client.force_login(make_organizer(event, role))
    page = client.get(page_of(event))

    answer = client.post(page_of(event), filled(page, **{"room_twice-level": "block"}))

    assert (page.status_code, answer.status_code) == (200, status)
    assert ("Save all rules" in page.content.decode()) is (role != "viewer")
    assert event.rules.count() == (status == 302)


def test_organizer_of_another_event_finds_no_rules(client, event):
    client.force_login(make_organizer(make_event()))

    assert client.get(page_of(event)).status_code == 404


@pytest.mark.parametrize("rules", [1, 10])
def test_page_takes_as_many_queries_however_much_is_set(
    client, event, organizer, rules, django_assert_num_queries
):
    for rule in list(ABOUT)[:rules]:
        make_rule(event, rule, level="block")

    with django_assert_num_queries(7):
        client.get(page_of(event))
