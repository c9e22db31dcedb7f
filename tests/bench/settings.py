"""The market's own settings with two more addresses (the floors) and letters kept out of the way."""

from shop.settings.base import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
LOGGING["root"]["level"] = "ERROR"  # noqa: F405
