"""The market's programs run as their own processes, with an environment of the test's choosing and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
_KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "PYTHONDONTWRITEBYTECODE")


def bare_environment(**variables: str) -> dict[str, str]:
    """What a fresh shell has, and `variables`."""
    return {key: value for key, value in os.environ.items() if key in _KEPT} | variables


def run_python(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs Python in the project's folder to its end."""
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=bare_environment(**variables),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def production(**changes: str) -> dict[str, str]:
    """The environment of a real market, complete and right, on the database of the tests."""
    values = connection.settings_dict
    return {
        "DATABASE_URL": f"postgresql://{values['USER']}@/{values['NAME']}?host={values['HOST']}",
        "DEMO": "0",
        "SECRET_KEY": "Zk3v" * 20 + "x9-Q7",
        "SITE_URL": "https://talat.example",
        "ALLOWED_HOSTS": "talat.example",
        "HTTPS": "1",
        "BEHIND_PROXY": "1",
        "REDIS_URL": "redis://cache.talat.example:6379/0",
        "EMAIL_HOST": "mail.talat.example",
        "DEFAULT_FROM_EMAIL": "ตลาดร่วม <talat@talat.example>",
        "BANK_NAME": "ธ.ก.ส.",
        "BANK_ACCOUNT_NAME": "กองทุนการตลาดร่วม",
        "BANK_ACCOUNT_NUMBER": "0123456789",
    } | changes
