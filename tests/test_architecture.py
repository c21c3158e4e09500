"""The house keeps its shape; `tests/house.py` holds the map and explains it."""

import pytest

from tests import house

TOP_LEVEL = {
    *("manage.py", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "SECURITY.md"),
    *("requirements.lock", "requirements-test.lock", "Dockerfile", "compose.yaml"),
    *("eventsite", "talks", "papers", "templates", "static", "fixtures", "tests"),
}
OF_THIS_MACHINE = {"data", "__pycache__"}  # git ignores them

PLAIN = "papers.records"
PAPERS_WORK = "papers.search"


def with_module(name: str, text: str) -> dict[str, str]:
    """The modules of the project, one of them replaced or added."""
    return {**house.sources(), name: text}


def test_every_module_has_a_place():
    assert house.unplaced(house.sources()) == []


def test_every_place_has_a_module():
    modules = house.sources()

    empty = [
        name for name, _ in house.patterns() if not any(house.matches(m, name) for m in modules)
    ]

    assert empty == []


def test_no_module_stands_in_two_places():
    names = [name for name, _ in house.patterns()]

    twice = [
        module
        for module in house.sources()
        if sum(house.matches(module, name) for name in names) > 1
    ]

    assert twice == []


def test_imports_point_down():
    assert house.upward(house.sources()) == []


def test_no_modules_import_each_other_in_a_circle():
    assert house.circles(house.sources()) == []


def test_plain_modules_import_no_django():
    assert house.django_in_plain(house.sources()) == []


def test_nothing_is_imported_inside_a_function():
    assert house.inner_imports(house.sources()) == []


def test_there_are_no_signals():
    assert house.signals(house.sources()) == []


def test_modules_are_named_after_what_they_are_about():
    assert house.banned(house.sources()) == []


def test_modules_and_functions_keep_their_size():
    assert house.too_long(house.sources()) == []


def test_templates_keep_their_size():
    lengths = {
        path.name: len(path.read_text().splitlines())
        for path in (house.ROOT / "templates").rglob("*.html")
    }

    assert {name: n for name, n in lengths.items() if n > house.TEMPLATE_LINES} == {}


def test_the_top_level_holds_the_agreed_names_only():
    found = {path.name for path in house.ROOT.iterdir() if not path.name.startswith(".")}

    assert found - TOP_LEVEL - OF_THIS_MACHINE == set()


@pytest.mark.parametrize(
    ("module", "text", "target"),
    [
        (PAPERS_WORK, "from talks.models import Event", "talks.models"),
        (PAPERS_WORK, "import talks.models", "talks.models"),
        (PAPERS_WORK, "from papers import views", "papers.views"),
        (PAPERS_WORK, "from . import views", "papers.views"),
        (PLAIN, "from .models import Paper", "papers.models"),
        (PLAIN, "from eventsite.fields import CodeField", "eventsite.fields"),
        ("talks.models.event", "from ..publishing import publish", "talks.publishing"),
        ("talks.publishing", "from eventsite import settings", "eventsite.settings"),
        ("eventsite.codes", "from papers.folding import fold", "papers.folding"),
    ],
)
def test_an_import_that_goes_up_is_found(module, text, target):
    found = house.upward(with_module(module, text))

    assert len(found) == 1
    assert found[0].startswith(f"{module}:1 (")
    assert f"imports {target} (" in found[0]


@pytest.mark.parametrize(
    "text",
    ["from django.utils.text import slugify", "import django", "if 1:\n    import django.db"],
)
def test_django_in_a_plain_module_is_found(text):
    assert len(house.django_in_plain(with_module(PLAIN, text))) == 1


def test_an_import_for_types_alone_may_go_up():
    text = "if TYPE_CHECKING:\n    from talks.models import Event"

    assert house.upward(with_module(PAPERS_WORK, text)) == []


def test_a_circle_is_found():
    modules = {"talks.stamps": "from .phases import a", "talks.phases": "from .stamps import b"}

    assert house.circles({**modules, "talks.entries": "from .phases import a"}) == [
        "talks.phases",
        "talks.stamps",
    ]


def test_a_module_without_a_place_is_found():
    assert house.unplaced(with_module("talks.attic", "")) == ["talks.attic"]


def test_an_import_inside_a_function_is_found():
    modules = {"talks.stamps": "def stamp():\n    import json\n"}

    assert house.inner_imports(modules) == ["talks.stamps:2 imports inside stamp()"]


def test_a_signal_is_found():
    modules = {"talks.stamps": "from django.db.models.signals import post_save"}

    assert len(house.signals(modules)) == 1


def test_a_module_named_after_nothing_is_found():
    assert house.banned({"talks.utils": "", "talks.stamps": ""}) == ["talks.utils"]


def test_a_long_function_and_a_long_module_are_found():
    function = "def stamp():\n" + "    print()\n" * house.FUNCTION_LINES
    modules = {"talks.stamps": function, "talks.phases": "\n" * (house.MODULE_LINES + 1)}

    assert house.too_long(modules) == [
        "talks.phases has 301 lines; 300 are the most",
        "talks.stamps.stamp has 41 lines; 40 are the most",
    ]
