"""What a web process has in memory: no solver, and no library that only jobs need."""

import subprocess
import sys

from django.conf import settings

LOAD_ALL = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "eventsite.settings"
import eventsite.wsgi
from django.urls import get_resolver
get_resolver().url_patterns
print(*sorted({"ortools", "sklearn"} & set(sys.modules)))
"""


def test_web_process_loads_no_solver():
    done = subprocess.run(
        [sys.executable, "-c", LOAD_ALL], cwd=settings.BASE_DIR, capture_output=True, text=True
    )

    assert (done.returncode, done.stdout.strip()) == (0, "")
