"""Settings of the tests: the real parts, each swap with its reason."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("DEMO", "1")  # the test payment and the demo marks are part of what is tested
os.environ.setdefault("LOG_LEVEL", "WARNING")

from shop.settings.base import *  # noqa: F403

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher"
]  # hashing on purpose slowly would be most of the time
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # read by the tests
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="market-media-"))
PRIVATE_ROOT = Path(tempfile.mkdtemp(prefix="market-private-"))
DEMO_PICTURE_WIDTH = 120  # the same drawings, printed small: the whole book in seconds
STORAGES["private"]["OPTIONS"] = {"location": str(PRIVATE_ROOT)}
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}  # no collectstatic before
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}  # no worker process in unit tests
DATABASES["default"]["TEST"] = {"NAME": "test_market" + os.environ.get("TEST_DB_SUFFIX", "")}
DATABASES["default"]["CONN_MAX_AGE"] = 0
COUNT_READINGS = False  # a sum written at some minute would be a query in somebody's budget
WAGTAILSEARCH_BACKENDS["default"]["AUTO_UPDATE"] = False
LOGGING["root"]["level"] = "ERROR"
