"""What every test gets: styles without hashes, a quick hasher, no bytes of another test."""

import pytest
from django.test import override_settings
from hypothesis import HealthCheck, settings

from eventsite import responses

# A busy machine is no fault of what is tested.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


@pytest.fixture(scope="session", autouse=True)
def settings_for_tests(tmp_path_factory):
    """A fresh clone has collected no static files, and a test should not wait for a password."""
    data = tmp_path_factory.mktemp("data")
    (data / "static").mkdir()
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    with override_settings(
        DATA_DIR=data,
        STATIC_ROOT=data / "static",
        MEDIA_ROOT=data / "media",
        RUN_BESIDE=False,
        STORAGES={"default": files, "staticfiles": plain},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield


@pytest.fixture(autouse=True)
def empty_byte_cache():
    """A page that an earlier test made is not an answer to this one."""
    responses.bodies.entries.clear()
    responses.bodies.size = 0
    if responses.shared:
        for key in responses.shared.scan_iter("eventsite:*"):
            responses.shared.delete(key)
