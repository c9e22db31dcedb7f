"""What an operator relies on: the compose file, the image, the list of settings, production settings without a warning."""

from __future__ import annotations

import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from shop import server  # noqa: F401  (asks for HOST, PORT and WEB_WORKERS)
from shop.common import env
from tests.guards.compose_schema import SCHEMA
from tests.processes import ROOT, production, run_python

OURS = ("prepare", "web", "worker", "clock")
PARTS = ("postgres", "elasticsearch", "redis")
OF_THE_IMAGE = {"HOST", "PORT", "VAR_DIR", "STATIC_ROOT"}
NOT_IN_CONTAINERS = {"DB_NAME", "DEBUG"}
"""The embedded database's name, and debug pages: neither belongs there."""
COMPOSE_ONLY = {"BIND"}


def setting_of(name: str) -> str:
    """NAME_FILE is another way of giving NAME."""
    return name.removesuffix("_FILE")


def words_of(file: str) -> str:
    return (ROOT / file).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load(words_of("docker-compose.yml"))  # type: ignore[no-any-return]


def test_compose_file_keeps_the_specification(compose: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(compose, SCHEMA)
    assert set(compose["services"]) == {*OURS, *PARTS}


@pytest.mark.parametrize(
    ("service", "key", "value"),
    [
        ("web", "port", ["8000:8000"]),
        ("web", "ports", [8000]),
        ("redis", "image", "redis"),
        ("clock", "restart", "sometimes"),
        ("postgres", "healthcheck", {"test": "pg_isready", "interval": "5", "timeout": "5s", "retries": 3}),
        ("prepare", "depends_on", {"postgres": {"condition": "healthy"}}),
    ],
)
def test_schema_refuses_what_compose_would(compose: dict[str, Any], service: str, key: str, value: Any) -> None:
    broken = deepcopy(compose)
    broken["services"][service][key] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, SCHEMA)


def test_what_compose_refers_to_exists(compose: dict[str, Any]) -> None:
    services = compose["services"]
    for name, service in services.items():
        assert set(service.get("secrets", [])) <= set(compose["secrets"]), name
        assert {volume.split(":")[0] for volume in service.get("volumes", [])} <= set(compose["volumes"]), name
        for other, after in service.get("depends_on", {}).items():
            if after["condition"] == "service_healthy":
                assert "healthcheck" in services[other], (name, other)
    given = [value for value in compose["x-market"]["environment"].values() if str(value).startswith("/run/secrets/")]
    assert {value.removeprefix("/run/secrets/") for value in given} == set(compose["x-market"]["secrets"])


def test_every_part_that_can_be_asked_is_asked(compose: dict[str, Any]) -> None:
    asked = {name for name, service in compose["services"].items() if "healthcheck" in service}
    assert asked == {"web", "clock", *PARTS}
    assert all(compose["services"][name]["restart"] != "no" for name in ("web", "worker", "clock", *PARTS))


def test_containers_get_every_setting_and_no_other(compose: dict[str, Any]) -> None:
    given = {setting_of(name) for name in compose["x-market"]["environment"]}
    assert given == {setting_of(name) for name in env.names()} - OF_THE_IMAGE - NOT_IN_CONTAINERS
    assert set(compose["x-market"]["environment"]) <= set(env.names())
    asked = set(re.findall(r"\$\{([A-Z0-9_]+)", words_of("docker-compose.yml")))
    assert asked - set(env.names()) == COMPOSE_ONLY


def test_image_sets_only_settings_that_exist() -> None:
    dockerfile = words_of("Dockerfile")
    line = re.search(r"^ENV (.*?[^\\])$", dockerfile, re.M | re.S).group(1)  # type: ignore[union-attr]
    given = {name for name in re.findall(r"([A-Z0-9_]+)=", line) if not name.startswith(("PYTHON", "PIP_"))}
    assert given == OF_THE_IMAGE
    assert re.search(r"^USER (?!root)\w+$", dockerfile, re.M)
    ignored = words_of(".dockerignore").splitlines()
    assert {".git", ".env", "secrets", "var", ".venv"} <= set(ignored)


def test_image_is_built_without_a_database(tmp_path: Path) -> None:
    """Collecting, with the values that the Dockerfile gives, where no database answers."""
    values = re.search(r"RUN export (.*?) \\$", words_of("Dockerfile"), re.M).group(1)  # type: ignore[union-attr]
    given = dict(pair.split("=", 1) for pair in values.split())
    given |= {"VAR_DIR": str(tmp_path), "STATIC_ROOT": str(tmp_path / "static")}
    done = run_python("manage.py", "collectstatic", "--noinput", "--dry-run", "--verbosity", "0", **given)
    assert (done.returncode, done.stderr) == (0, "")


def test_example_lists_every_setting_and_no_other() -> None:
    listed = re.findall(r"^#([A-Z][A-Z0-9_]+)=", words_of(".env.example"), re.M)
    assert len(listed) == len(set(listed))
    assert set(listed) == set(env.names())


def test_example_is_accepted_as_it_stands() -> None:
    """Whoever takes every # away gets the market of .env.example: each value has its form."""
    pairs = dict(re.findall(r"^#([A-Z][A-Z0-9_]+)=(.+)$", words_of(".env.example"), re.M))
    assert len(pairs) > 12
    done = run_python("-c", "import shop.settings", **production() | pairs)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_setting_is_explained() -> None:
    """Above each variable of .env.example, or of the group it stands in, there is a sentence."""
    for group in re.split(r"\n\n", words_of(".env.example")):
        for block in re.findall(r"(?:^#[A-Z][A-Z0-9_]+=.*\n?)+", group, re.M):
            first = group.index(block)
            assert re.search(r"^# .+$", group[:first], re.M), block


@pytest.mark.slow
def test_production_settings_pass_the_deployment_check() -> None:
    done = run_python("manage.py", "check", "--deploy", "--fail-level", "WARNING", **production())
    assert done.returncode == 0, done.stderr
    assert "System check identified no issues" in done.stdout + done.stderr


@pytest.mark.slow
def test_deployment_check_is_not_deaf() -> None:
    """The negative control of the test above: each of these is found in the same way."""
    changes = {"HTTPS": "0", "BEHIND_PROXY": "0", "SECRET_KEY": "change-me-" + "x" * 60}
    done = run_python("manage.py", "check", "--deploy", "--fail-level", "WARNING", **production(**changes))
    assert done.returncode == 1
    for identifier in ("security.W012", "security.W008", "market.E002", "market.W007"):
        assert identifier in done.stderr
