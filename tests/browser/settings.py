"""Settings of the application that the browser meets: the market's own, except for where it keeps its files."""

from shop.settings.base import *  # noqa: F403

_HOME = VAR_DIR / "browser"  # noqa: F405
MEDIA_ROOT = _HOME / "media"
PRIVATE_ROOT = _HOME / "private"
STATIC_ROOT = _HOME / "static"
EMAIL_FILE_PATH = _HOME / "mail" / DATABASES["default"]["NAME"]  # noqa: F405  (one folder per market, tests read it)
STORAGES["private"]["OPTIONS"] = {"location": str(PRIVATE_ROOT)}  # noqa: F405
# Names with hashes as in production, so that a file missing from a stylesheet is noticed; only our own are packed.
STORAGES["staticfiles"] = {"BACKEND": "tests.browser.storage.ThemePackedStorage"}  # noqa: F405
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}  # no worker process beside it
