"""A value that cannot be meant is refused by name; what is missing has a safe default."""

import stat

import pytest
from django.core.exceptions import ImproperlyConfigured

from eventsite.environment import Environment


def test_a_missing_or_empty_variable_gives_the_default():
    env = Environment({"EMPTY": "  "})

    assert env.text("EMPTY", "a") == "a"
    assert env.words("MISSING", ["a", "b"]) == ["a", "b"]
    assert env.flag("MISSING", default=True) is True
    assert env.number("EMPTY", 7) == 7
    assert env.url("MISSING", "http://127.0.0.1:8000") == "http://127.0.0.1:8000"


def test_words_are_separated_by_commas():
    env = Environment({"HOSTS": "a.example, b.example,,"})

    assert env.words("HOSTS", []) == ["a.example", "b.example"]


@pytest.mark.parametrize(
    ("text", "value"),
    [("1", True), ("TRUE", True), ("yes", True), ("0", False), ("False", False), ("no", False)],
)
def test_a_flag_is_yes_or_no(text, value):
    env = Environment({"DEBUG": text})

    assert env.flag("DEBUG", default=not value) is value


@pytest.mark.parametrize("text", ["maybe", "2", "on off"])
def test_any_other_flag_is_refused_by_name(text):
    env = Environment({"DEBUG": text})

    with pytest.raises(ImproperlyConfigured, match="DEBUG is "):
        env.flag("DEBUG", default=False)


@pytest.mark.parametrize("text", ["-1", "1.5", "two", "0x10"])
def test_a_number_that_is_none_is_refused_by_name(text):
    env = Environment({"PROXY_COUNT": text})

    with pytest.raises(ImproperlyConfigured, match="PROXY_COUNT is "):
        env.number("PROXY_COUNT", 0)


def test_an_address_loses_the_slash_at_its_end():
    env = Environment({"SITE_URL": "https://events.example.org/"})

    assert env.url("SITE_URL", "") == "https://events.example.org"


@pytest.mark.parametrize("text", ["events.example.org", "ftp://example.org", "https:/x", "//x"])
def test_an_address_without_its_scheme_is_refused_by_name(text):
    env = Environment({"SITE_URL": text})

    with pytest.raises(ImproperlyConfigured, match="SITE_URL is "):
        env.url("SITE_URL", "")


def test_a_secret_comes_from_the_variable_first(tmp_path):
    env = Environment({"SECRET_KEY": "from the variable"})

    assert env.secret("SECRET_KEY", tmp_path / "key") == "from the variable"
    assert list(tmp_path.iterdir()) == []


def test_a_secret_is_made_once_for_its_owner_alone(tmp_path):
    path = tmp_path / "data" / "key"

    first = Environment({}).secret("SECRET_KEY", path)
    second = Environment({}).secret("SECRET_KEY", path)

    assert first == second
    assert len(first) >= 50
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_written_is_refused_with_what_to_set(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(ImproperlyConfigured, match="set DATA_DIR"):
        Environment({}).secret("SECRET_KEY", tmp_path / "file" / "key")


def test_without_an_address_the_database_is_a_file(tmp_path):
    database = Environment({}).database("DATABASE_URL", tmp_path / "site.sqlite3")

    assert database["ENGINE"] == "django.db.backends.sqlite3"
    assert database["NAME"] == str(tmp_path / "site.sqlite3")


@pytest.mark.parametrize(
    ("address", "name"), [("sqlite:///a/b.db", "a/b.db"), ("sqlite:////a/b.db", "/a/b.db")]
)
def test_an_sqlite_address_names_a_file(tmp_path, address, name):
    env = Environment({"DATABASE_URL": address})

    assert env.database("DATABASE_URL", tmp_path)["NAME"] == name


def test_a_postgresql_address_is_taken_apart_and_unquoted(tmp_path):
    env = Environment({"DATABASE_URL": "postgres://ada:p%40ss@db.example:5433/site"})

    database = env.database("DATABASE_URL", tmp_path)

    parts = ("ENGINE", "USER", "PASSWORD", "HOST", "PORT", "NAME")
    assert [database[part] for part in parts] == [
        "django.db.backends.postgresql",
        "ada",
        "p@ss",
        "db.example",
        "5433",
        "site",
    ]


@pytest.mark.parametrize("address", ["mysql://localhost/x", "postgres://localhost", "sqlite://"])
def test_any_other_database_is_refused_by_name(tmp_path, address):
    env = Environment({"DATABASE_URL": address})

    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL must look like"):
        env.database("DATABASE_URL", tmp_path)
