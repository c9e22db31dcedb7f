"""python -m tests.crash: the process of `tests.killed`."""

from __future__ import annotations

import os

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.test")
    django.setup()
    from tests.killed import serve

    serve()
