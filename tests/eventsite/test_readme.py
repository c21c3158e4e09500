"""What the README says is so: commands, paths, addresses, variables, query counts."""

import ast
import re

import pytest
from django.core.management import get_commands
from django.urls import URLPattern, get_resolver, resolve

from tests import house
from tests.query_counts import QUERIES

README = (house.ROOT / "README.md").read_text()
READERS = {"text", "words", "flag", "number", "url", "secret", "database"}
EXAMPLES = {
    "<event>": "woe-26",
    "<c>": "T2345678-title",
    "<code>": "T2345678",
    "<slug>": "a-slug",
    "<digest>": "abc123",
    "<name>": "a.pdf",
    "<key>": "k" * 43,
    "<n>": "3",
}


def section(heading):
    """Return the text under a heading, down to the next one."""
    after = README.split(f"\n## {heading}\n", 1)[1]
    return re.split(r"\n##? ", after, maxsplit=1)[0]


def first_column(heading):
    """Return the first cells of a section's table, without the marks of code."""
    rows = re.findall(r"^\| (.+?) \|", section(heading), flags=re.M)
    return [cell.strip("`") for cell in rows[1:] if not cell.startswith("---")]


def fenced(marker):
    """Return the lines of the block after a marker."""
    return re.search(rf"<!-- {marker} -->\n```sh\n(.*?)\n```", README, flags=re.S)[1].splitlines()


def variables_read():
    """Return the names that the settings read, taken from the code."""
    tree = ast.parse((house.ROOT / "eventsite" / "settings.py").read_text())
    return {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in READERS
        and ast.unparse(node.func.value) == "env"
    }


def other_reads():
    """Return the places beside the settings that look into the environment."""
    words = ("environ", "getenv", "Environment(")
    return {
        module for module, text in house.sources().items() if any(word in text for word in words)
    }


def public_patterns(patterns, prefix=""):
    """Yield the name of every address but the admin's."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}:{pattern.name}".strip(":")
        elif pattern.namespace != "admin":
            inner = f"{prefix}:{pattern.namespace}" if pattern.namespace else prefix
            yield from public_patterns(pattern.url_patterns, inner.strip(":"))


def filled(address):
    for name, example in EXAMPLES.items():
        address = address.replace(name, example)
    return address


@pytest.mark.parametrize("marker", ["run command", "test command"])
def test_a_command_is_one_line_and_installs_what_is_locked(marker):
    [line] = fenced(marker)

    lock = re.search(r"--require-hashes -r (\S+)", line)[1]
    assert (house.ROOT / lock).is_file()
    assert "sys.version_info >= (3, 11)" in line


def test_ci_takes_the_test_command_from_the_readme():
    assert "<!-- test command -->" in (house.ROOT / ".ci" / "run").read_text()


def test_every_command_named_exists():
    named = set(re.findall(r"manage\.py ([a-z_]+)", README)) - {"help"}

    assert named - set(get_commands()) == set()


def test_every_command_of_ours_is_in_the_table():
    ours = {name for name, app in get_commands().items() if app in house.APPS}

    assert {cell.split()[1] for cell in first_column("Commands")} == ours


def test_every_variable_read_is_in_the_table_and_no_other():
    assert sorted(first_column("Variables")) == sorted(variables_read())


def test_only_the_settings_look_into_the_environment():
    # the demo hands SITE_URL on to the server; wsgi names the settings
    expected = {"eventsite.environment", "eventsite.settings", "eventsite.wsgi"}

    assert other_reads() == expected | {"eventsite.management.commands.demo"}


def test_every_address_is_in_the_table_and_no_other():
    named = {resolve(filled(address)).view_name for address in first_column("Addresses")}

    there = set(public_patterns(get_resolver().url_patterns))

    previewed = {name for name in there if name.startswith("preview:")} - {"preview:event"}

    assert named - {"admin:index"} == there - previewed


def test_every_path_named_exists():
    named = re.findall(r"`([\w./-]+)`|\]\(([\w./-]+)\)", README)
    paths = {name for pair in named for name in pair if looks_like_a_path(name)}

    assert {path for path in paths if not (house.ROOT / path).exists()} == set()


def looks_like_a_path(name):
    top = name.split("/")[0]
    return "/" in name.strip("/") and not name.startswith("/") and (house.ROOT / top).exists()


def test_the_house_is_shown_as_its_modules_describe_themselves():
    shown = re.search(r"```text\n(.*?)\n```", section("The house"), flags=re.S)[1]

    assert shown == house.description()  # python -m tests.house prints it


def test_every_module_says_what_it_is():
    silent = [path for path in house.module_paths() if not house.first_line(path)]

    assert silent == []


def test_query_counts_are_those_that_tests_count():
    rows = dict(re.findall(r"^\| ([\w ]+) \| (\d+) \|$", section("How data flows"), flags=re.M))

    assert {name: int(count) for name, count in rows.items()} == QUERIES
