"""The house: which module stands where, and what may import what.

Two orders at once. Areas: the ground of eventsite, papers, talks, the roof of eventsite. Layers
in each: plain values, what tables need, tables, work on tables, what the world talks to. An
import stays in its area or goes down, and stays in its layer or goes down.

A new module needs a line here: name it where it belongs. "formats.*" stands for a package. The
README shows the house as `python -m tests.house` prints it: every module with its first line.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = ("eventsite", "papers", "talks")
AREAS = ("ground", "papers", "talks", "roof")
LAYERS = ("plain", "below tables", "tables", "work", "edge")

GROUND = {
    "plain": "unpacking bounds codes formulas keys markup memory merging slugs zone_names",
    "below tables": "beside environment fields markdown masking moments zones",
    "tables": "models",
    "work": "cells history jobs waiting working writing writing_many",
    "edge": "admin apps child_sheets columns editing forms inlines inputs middleware"
    " migrated ordered_sheets preview responses sheets site templatetags.* uploads",
}
ROOF = {
    "edge": "archives backups locking restoring settings serving sitemaps urls views wsgi"
    " management.*"
}
PAPERS = {
    "plain": "coauthors entries facets figures folding formats.* identifiers identity imports"
    " known_conferences known_venues likeness marks reading"
    " records search_words venue_names imports.claims imports.matching imports.nearness"
    " imports.order imports.plans imports.works",
    "below tables": "details querysets",
    "tables": "models.*",
    "work": "additions bylines cite_keys counting editors filing importing imports.base"
    " imports.checks"
    " imports.credits imports.drafting imports.drafts imports.headings imports.knowing"
    " imports.laying imports.list_writing imports.near_rows imports.paper_writing imports.venues"
    " indexing joining list_text naming offers outline pictures pointing"
    " relating search search_postgres search_sqlite versions",
    "edge": "admin.* apps exports filters forms lookup management.* paper_page resources scopes"
    " links_shown list_filter templatetags.* urls views views_export views_lists views_pictures"
    " views_search",
}
TALKS = {
    "plain": "addresses blanks colours difference entries feeds field_changes filters fitting"
    " formats.* grid lookup partial phases places qr records records_json redaction"
    " solver.* stamps starred",
    "below tables": "querysets uploads validators",
    "tables": "models.*",
    "work": "acknowledging agendas alikeness drafting erasing forgetting grounds hours"
    " keeping labels lifting listing mentions omissions past previews problems"
    " proposals publishing released renaming rezoning rule_settings scheduling"
    " sizing survey taking wishes",
    "edge": "admin.* agenda_page answers apps changes choices clash_list course findings.* forms"
    " management.* moves_shown proposal_grid resources resources_timetable shown solving"
    " templatetags.* urls views views_agenda views_calendar views_export views_files"
    " views_formats views_releases",
}
PLACES = {"ground": GROUND, "papers": PAPERS, "talks": TALKS, "roof": ROOF}
APP_OF = {"ground": "eventsite", "papers": "papers", "talks": "talks", "roof": "eventsite"}

BANNED_NAMES = {"utils", "helpers", "services", "common"}
SIGNALS = ("django.dispatch", "django.db.models.signals", "django.core.signals")
MODULE_LINES, FUNCTION_LINES, TEMPLATE_LINES = 300, 40, 120


@dataclass(frozen=True)
class Place:
    area: int
    layer: int

    def __str__(self):
        return f"{AREAS[self.area]}, {LAYERS[self.layer]}"


@dataclass(frozen=True)
class Import:
    """One name imported: `source` imports `target`, a module or a name in one."""

    source: str
    target: str
    line: int


def patterns() -> Iterator[tuple[str, Place]]:
    """Yield every name of the map with its place: "talks.formats.*"."""
    for area, layers in PLACES.items():
        for layer, names in layers.items():
            for name in names.split():
                yield f"{APP_OF[area]}.{name}", Place(AREAS.index(area), LAYERS.index(layer))


def matches(module: str, pattern: str) -> bool:
    return fnmatch(module, pattern) or module == pattern.removesuffix(".*")


@cache
def place(module: str) -> Place | None:
    """Return where a module stands; None when the map does not name it."""
    return next((where for pattern, where in patterns() if matches(module, pattern)), None)


def sources() -> dict[str, str]:
    """Return the text of every module of ours by its dotted name, migrations and roots aside."""
    paths = [path for app in APPS for path in (ROOT / app).rglob("*.py")]
    return {
        module_name(path): path.read_text()
        for path in paths
        if "migrations" not in path.parts and path != ROOT / path.parts[-2] / "__init__.py"
    }


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(module: str, text: str, modules: set[str]) -> Iterator[Import]:
    """Yield the imports of a module, those under `if TYPE_CHECKING` aside."""
    package = module if is_package(module, modules) else module.rpartition(".")[0]
    for node in outside_type_checking(parsed(text)):
        if isinstance(node, ast.Import):
            yield from (Import(module, name.name, node.lineno) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = absolute(node, package)
            for name in node.names:
                full = f"{base}.{name.name}"
                yield Import(module, full if full in modules else base, node.lineno)


def is_package(module: str, modules: set[str]) -> bool:
    return any(other.startswith(f"{module}.") for other in modules)


def absolute(node: ast.ImportFrom, package: str) -> str:
    if not node.level:
        return node.module or ""
    parts = package.split(".")
    above = parts[: len(parts) - node.level + 1]
    return ".".join([*above, *([node.module] if node.module else [])])


def outside_type_checking(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        yield node
        yield from outside_type_checking(node)


parsed = cache(ast.parse)


def all_imports(texts: dict[str, str]) -> list[Import]:
    modules = set(texts)
    return [one for name, text in texts.items() for one in imports(name, text, modules)]


def upward(texts: dict[str, str]) -> list[str]:
    """Return the imports that go up, in words."""
    found = []
    for one in all_imports(texts):
        here, there = place(one.source), place(one.target)
        if one.target.partition(".")[0] not in APPS or here is None or there is None:
            continue
        if there.area > here.area or there.layer > here.layer:
            found.append(
                f"{one.source}:{one.line} ({here}) imports {one.target} ({there}), which is above"
            )
    return found


def unplaced(texts: dict[str, str]) -> list[str]:
    return sorted(module for module in texts if place(module) is None)


def django_in_plain(texts: dict[str, str]) -> list[str]:
    """Return the imports of Django, or of what needs it, by modules that must be plain."""
    return [
        f"{one.source}:{one.line} is plain and imports {one.target}"
        for one in all_imports(texts)
        if (here := place(one.source)) and here.layer == 0
        if one.target.partition(".")[0] in {"django", "import_export", "csp", "axes"}
    ]


def circles(texts: dict[str, str]) -> list[str]:
    """Return the modules that import each other in a circle."""
    graph: dict[str, set[str]] = {module: set() for module in texts}
    for one in all_imports(texts):
        if one.target in graph and one.target != one.source:
            graph[one.source].add(one.target)
    while leaves := [module for module, targets in graph.items() if not targets]:
        for leaf in leaves:
            del graph[leaf]
        for targets in graph.values():
            targets.difference_update(leaves)
    return sorted(module for module in graph if reaches_itself(module, graph))


def reaches_itself(module: str, graph: dict[str, set[str]]) -> bool:
    seen: set[str] = set()
    waiting = set(graph[module])
    while waiting:
        step = waiting.pop()
        seen.add(step)
        waiting |= graph[step] - seen
    return module in seen


def inner_imports(texts: dict[str, str]) -> list[str]:
    """Return the imports inside functions."""
    return [
        f"{module}:{node.lineno} imports inside {function.name}()"
        for module, text in texts.items()
        for function in functions(text)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]


def signals(texts: dict[str, str]) -> list[str]:
    return [
        f"{one.source}:{one.line} imports {one.target}; call the function instead"
        for one in all_imports(texts)
        if one.target.startswith(SIGNALS)
    ]


def banned(texts: dict[str, str]) -> list[str]:
    return sorted(module for module in texts if BANNED_NAMES & set(module.split(".")))


def functions(text: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(parsed(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def too_long(texts: dict[str, str]) -> list[str]:
    """Return modules and functions over their size."""
    modules = [
        f"{module} has {length} lines; {MODULE_LINES} are the most"
        for module, text in texts.items()
        if (length := len(text.splitlines())) > MODULE_LINES
    ]
    inner = [
        f"{module}.{node.name} has {length} lines; {FUNCTION_LINES} are the most"
        for module, text in texts.items()
        for node in functions(text)
        if (length := (node.end_lineno or 0) - node.lineno + 1) > FUNCTION_LINES
    ]
    return modules + inner


def description() -> str:
    """Return the house as the README shows it: folders, and in each the modules and their lines."""
    lines = []
    for folder in sorted({path.parent for path in module_paths()}):
        lines.append(f"{folder.relative_to(ROOT)}/")
        for path in sorted(path for path in module_paths() if path.parent == folder):
            lines.append(f"  {path.name:<17} {first_line(path)}")
    return "\n".join(lines)


def module_paths() -> list[Path]:
    paths = [path for app in APPS for path in (ROOT / app).rglob("*.py")]
    return [p for p in paths if "migrations" not in p.parts and p.name != "__init__.py"]


def first_line(path: Path) -> str:
    text = ast.get_docstring(parsed(path.read_text())) or ""
    return text.partition("\n")[0].rstrip(".")


if __name__ == "__main__":
    print(description())
