"""What an operator relies on: the compose file, the list of settings, a start that refuses nonsense."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from django.db import connection

from shop.common import env

ROOT = Path(__file__).resolve().parent.parent.parent
LAUNCHER = {"HOST", "PORT", "WEB_WORKERS", "VAR_DIR"}
COMPOSE_ONLY = {"POSTGRES_PASSWORD", "BIND"}
SCHEMA: dict[str, Any] = {  # the part of the Compose specification that the file uses; unknown keys are errors
    "type": "object",
    "required": ["services"],
    "additionalProperties": False,
    "patternProperties": {"^x-": {}},
    "properties": {
        "name": {"type": "string", "pattern": "^[a-z0-9][a-z0-9_-]*$"},
        "volumes": {"type": "object", "additionalProperties": {"type": ["object", "null"]}},
        "services": {"type": "object", "additionalProperties": {"$ref": "#/$defs/service"}},
    },
    "$defs": {
        "service": {
            "type": "object",
            "additionalProperties": False,
            "anyOf": [{"required": ["image"]}, {"required": ["build"]}],
            "properties": {
                "image": {"type": "string"},
                "build": {"type": "string"},
                "restart": {"enum": ["no", "always", "on-failure", "unless-stopped"]},
                "command": {"type": ["string", "array"]},
                "environment": {"type": "object", "additionalProperties": {"type": ["string", "number"]}},
                "ports": {"type": "array", "items": {"type": "string"}},
                "volumes": {"type": "array", "items": {"type": "string", "pattern": "^[a-z]+:/"}},
                "depends_on": {
                    "type": "object",
                    "additionalProperties": {
                        "type": "object",
                        "required": ["condition"],
                        "properties": {
                            "condition": {
                                "enum": ["service_started", "service_healthy", "service_completed_successfully"]
                            }
                        },
                    },
                },
                "healthcheck": {
                    "type": "object",
                    "required": ["test"],
                    "additionalProperties": False,
                    "properties": {
                        "test": {"type": "array", "minItems": 2},
                        "interval": {"type": "string"},
                        "timeout": {"type": "string"},
                        "retries": {"type": "integer"},
                    },
                },
            },
        }
    },
}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def run_python(*words: str, **variables: str) -> subprocess.CompletedProcess:
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "LANG", "TMPDIR")}
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=kept | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_compose_file_keeps_the_specification(compose: dict[str, Any]) -> None:
    jsonschema.validate(compose, SCHEMA)
    services = compose["services"]
    assert set(services) == {"prepare", "web", "worker", "clock", "postgres", "elasticsearch", "redis"}
    for name, service in services.items():
        assert set(service.get("depends_on", {})) <= set(services), name
        for volume in service.get("volumes", []):
            assert volume.split(":")[0] in compose["volumes"], name


def test_compose_names_only_settings_that_exist(compose: dict[str, Any]) -> None:
    given = set(compose["x-market"]["environment"])
    assert given <= set(env.names()), given - set(env.names())
    asked = set(re.findall(r"\$\{([A-Z0-9_]+)", (ROOT / "docker-compose.yml").read_text(encoding="utf-8")))
    assert asked <= set(env.names()) | COMPOSE_ONLY


def test_example_lists_every_setting_and_no_other() -> None:
    listed = set(re.findall(r"^# ([A-Z][A-Z0-9_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.M))
    assert listed == set(env.names()) | LAUNCHER


def test_readme_explains_what_compose_asks_for() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    asked = set(re.findall(r"\$\{([A-Z0-9_]+)", (ROOT / "docker-compose.yml").read_text(encoding="utf-8")))
    assert [name for name in sorted(asked) if f"`{name}`" not in readme] == []


def production(**changes: str) -> dict[str, str]:
    values = connection.settings_dict
    address = f"postgresql://{values['USER']}@/{values['NAME']}"
    return {
        "DATABASE_URL": address,
        "DEMO": "0",
        "SECRET_KEY": "Zk3v" * 20 + "x9-Q7",
        "SITE_URL": "https://talat.example",
        "ALLOWED_HOSTS": "talat.example",
        "HTTPS": "1",
        "BEHIND_PROXY": "1",
        "BANK_NAME": "ธ.ก.ส.",
        "BANK_ACCOUNT_NAME": "กองทุนการตลาดร่วม",
        "BANK_ACCOUNT_NUMBER": "0123456789",
    } | changes


def test_production_settings_pass_the_deployment_check() -> None:
    done = run_python("manage.py", "check", "--deploy", "--fail-level", "WARNING", **production())
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("HTTPS", "maybe", "must be 1 or 0"),
        ("COD_LIMIT_BAHT", "many", "must be a whole number"),
        ("COD_LIMIT_BAHT", "-5", "must be a whole number"),
        ("SITE_URL", "talat.example", "must be an address"),
        ("LOG_LEVEL", "LOUD", "must be one of"),
        ("DATABASE_URL", "mysql://root@localhost/x", "must look like postgresql://"),
        ("DATABASE_URL", "postgresql://a@localhost:port/x", "port"),
        ("SECRET_KEY", "", "is missing"),
        ("SECRET_KEY_FILE", "/nowhere/at/all", "cannot be read"),
    ],
)
def test_nonsense_stops_the_start_with_its_name_and_the_fix(name: str, value: str, hint: str) -> None:
    done = run_python("-c", "import shop.settings", **production(**{name: value}))
    assert done.returncode != 0
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith(f"Setting {name}: ")
    assert hint in last
    assert "Traceback" not in done.stderr


def test_secret_comes_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "secret"
    file.write_text("from-a-file\n", encoding="utf-8")
    monkeypatch.setenv("SECRET_KEY_FILE", str(file))
    monkeypatch.setenv("SECRET_KEY", "from-the-environment")
    assert env.secret("SECRET_KEY", "") == "from-a-file"


def test_help_explains_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.search(r"^\.PHONY: (.*)$", makefile, re.M).group(1).split())  # type: ignore[union-attr]
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert targets == set(re.findall(r"^  make (\S+)", shown, re.M))


@pytest.mark.django_db
def test_pages_that_are_not_ours_have_their_own_policy(client: Any, admin_user: Any) -> None:
    client.force_login(admin_user)
    wide = client.get("/cms/").headers["Content-Security-Policy"]
    strict = client.get("/products/").headers["Content-Security-Policy"]
    assert "'unsafe-inline'" in wide
    assert "object-src 'none'" in wide
    assert "unsafe" not in strict
    assert "script-src 'self'" in strict
    assert "unsafe" not in client.get("/office/").headers["Content-Security-Policy"]
