"""What is locked is what pyproject.toml asks for, hashed, for every Python we promise."""

import re
import tomllib
from dataclasses import dataclass

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.house import ROOT

PYTHONS = ["3.11.0", "3.11.7", "3.12.0", "3.13.0", "3.14.0"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
PIN = re.compile(r"(?P<name>[a-z0-9._-]+)==(?P<version>[^ ]+)(?: ; (?P<marker>.+?))?")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
HOSTS = re.compile(r"://|\b[a-z0-9-]+\.(org|com|net|io)\b|--(index|extra|find|trusted)")

RUN, TEST = "requirements.lock", "requirements-test.lock"


@dataclass(frozen=True)
class Pin:
    version: Version
    marker: Marker | None
    hashes: frozenset[str]

    def holds(self, python):
        environment = {
            "python_version": ".".join(python.split(".")[:2]),
            "python_full_version": python,
            "sys_platform": "linux",
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
        }
        return self.marker is None or self.marker.evaluate(environment)


def read(lock):
    """Return name and pin of every line; another Python may take another version of one name."""
    pins = []
    for line in (ROOT / lock).read_text().replace("\\\n", "").splitlines():
        requirement, *hashes = re.split(r"\s+(?=--hash=)", line.strip())
        found = PIN.fullmatch(requirement)
        assert found, line
        assert hashes, f"{requirement} has no hash"
        assert all(HASH.fullmatch(one) for one in hashes), line
        marker = found["marker"] and Marker(found["marker"])
        pins.append((found["name"], Pin(Version(found["version"]), marker, frozenset(hashes))))
    return pins


def wanted(*extras):
    texts = PROJECT["dependencies"] + [
        text for extra in extras for text in PROJECT["optional-dependencies"][extra]
    ]
    return [Requirement(text) for text in texts]


@pytest.mark.parametrize(("lock", "extras"), [(RUN, []), (TEST, ["test"])])
@pytest.mark.parametrize("python", PYTHONS)
def test_every_dependency_is_locked_within_its_bounds(lock, extras, python):
    pins = {name: pin for name, pin in read(lock) if pin.holds(python)}

    wrong = [
        str(requirement)
        for requirement in wanted(*extras)
        if canonicalize_name(requirement.name) not in pins
        or pins[canonicalize_name(requirement.name)].version not in requirement.specifier
    ]

    assert wrong == []


@pytest.mark.parametrize("python", PYTHONS)
def test_the_test_lock_holds_the_run_lock_with_equal_pins(python):
    run = {name: pin for name, pin in read(RUN) if pin.holds(python)}
    test = {name: pin for name, pin in read(TEST) if pin.holds(python)}

    assert {name: test[name].hashes for name in run} == {name: run[name].hashes for name in run}


@pytest.mark.parametrize("lock", [RUN, TEST])
def test_both_locks_hold_the_second_engine(lock):
    pins = read(lock)

    assert {"psycopg", "psycopg-binary", "redis"} - {name for name, _pin in pins} == set()


@pytest.mark.parametrize("lock", [RUN, TEST])
def test_a_lock_names_no_host(lock):
    assert HOSTS.findall((ROOT / lock).read_text()) == []


def test_the_project_asks_for_no_newer_python_than_it_promises():
    promised = SpecifierSet(PROJECT["requires-python"])

    assert [python for python in PYTHONS if python not in promised] == []
