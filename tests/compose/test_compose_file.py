"""docker-compose.yml names only what the project has: commands, settings, files, ports, secrets.

Its form is for the linters (`make check`); that it works is for `make compose-test`.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from config.paths import checkout_folder
from config.settings import Settings
from stack.compose_secrets import file_names, make_secrets, redis_password_file
from stack.redis import RULES

ROOT = checkout_folder()
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
ENDING = {"setup", "reindex"}
"""Services that do one thing and end."""
OURS = {name: each for name, each in SERVICES.items() if each["image"].startswith("warraq:")}
VARIABLE = re.compile(r"\$\{(?P<name>[A-Z_]+):-(?P<default>[^}]*)\}")


def with_defaults(text: str) -> str:
    """As compose reads it where no variable is set."""
    return VARIABLE.sub(lambda match: match["default"], text).replace("$$", "$")


def command_of(name: str) -> list[str]:
    return [with_defaults(word) for word in SERVICES[name]["command"]]


def warraq_commands() -> Iterator[list[str]]:
    """Every `warraq …` of a command or a health check, split into words."""
    for service in OURS.values():
        yield from (c for c in [service["command"]] if c[0] == "warraq")
        kind, *words = service["healthcheck"]["test"] if "healthcheck" in service else ["NONE"]
        if kind == "CMD-SHELL":
            words = words[0].split()
        if words and words[0] == "warraq":
            yield words


def test_services_are_those_of_production() -> None:
    expected = "redis elasticsearch kibana setup reindex worker beat flower"
    assert set(SERVICES) == set(expected.split())
    assert SERVICES["flower"]["profiles"] == ["monitoring"]
    assert SERVICES["reindex"]["profiles"] == ["maintenance"]
    assert not [name for name, each in SERVICES.items() if "container_name" in each]


def test_image_has_the_version_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {each["image"] for each in OURS.values()} == {f"warraq:{project['version']}"}


def test_images_have_exact_tags() -> None:
    for name, service in SERVICES.items():
        assert re.fullmatch(r"[a-z]+:\d+\.\d+\.\d+(-[a-z]+)?", service["image"]), name


def test_elasticsearch_is_the_one_of_the_stack() -> None:
    from stack.elasticsearch_bundle import VERSION

    assert SERVICES["elasticsearch"]["image"] == f"elasticsearch:{VERSION}"
    assert SERVICES["kibana"]["image"] == f"kibana:{VERSION}"


@pytest.mark.parametrize("words", list(warraq_commands()), ids=" ".join)
def test_warraq_commands_exist(words: list[str]) -> None:
    from warraq.cli import app

    names: list[str] = []
    arguments: list[str] = []
    for word in words[1:]:
        (arguments if arguments or word.startswith(("-", '"')) else names).append(word)
    answer = CliRunner().invoke(app, [*names, "--help"])
    assert answer.exit_code == 0, answer.output
    for option in (each for each in arguments if each.startswith("--")):
        assert option in answer.output


@pytest.mark.parametrize("name", ["worker", "beat", "flower"])
def test_celery_knows_its_commands_and_options(name: str) -> None:
    program, *words = command_of(name)
    assert program == "celery"
    assert words[:2] == ["-A", "workers.app"]
    assert (ROOT / "workers" / "app.py").exists()
    options = [word.partition("=")[0] for word in words[3:] if word.startswith("--")]
    assert [each for each in options if each not in celery_options(words[2])] == []


def celery_options(subcommand: str) -> str:
    """A text that holds every option of `celery SUBCOMMAND`."""
    if subcommand == "flower":  # its own are tornado's, and not in the help
        import flower.options  # noqa: F401  defines them
        from tornado.options import options

        return " ".join(f"--{name}" for name in options)
    command = [sys.executable, "-m", "celery", "--app", "workers.app", subcommand, "--help"]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout


def test_settings_exist() -> None:
    known = {f"WARRAQ_{field.upper()}" for field in Settings.model_fields}
    named = {name for each in OURS.values() for name in each["environment"]}
    assert named - known == {"REMAP_SIGTERM"}


def test_variables_are_described_with_their_defaults() -> None:
    described = dict(
        line.split("=", 1)
        for line in (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    )
    used = {match["name"]: match["default"] for match in VARIABLE.finditer(TEXT)}
    assert used == described
    warraq = {name for name in described if name.startswith("WARRAQ_")}
    assert warraq <= {f"WARRAQ_{field.upper()}" for field in Settings.model_fields}


def test_default_base_image_is_the_dockerfile_s() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    base = VARIABLE.search(COMPOSE["x-warraq"]["build"]["args"]["PYTHON_IMAGE"])
    assert base
    assert f"ARG PYTHON_IMAGE={base['default']}\n" in dockerfile


def test_files_exist() -> None:
    for each in COMPOSE["configs"].values():
        assert (ROOT / each["file"]).is_file(), each["file"]
    copied = re.findall(
        r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text(), re.MULTILINE
    )
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    for name in " ".join(copied).split():
        assert (ROOT / name).exists(), name
        assert f"!{name}" in ignored


def test_mounts_are_declared() -> None:
    for name, service in SERVICES.items():
        for secret in service.get("secrets", []):
            assert secret in COMPOSE["secrets"], name
        for config in service.get("configs", []):
            assert config["source"] in COMPOSE["configs"], name
        for volume in service.get("volumes", []):
            assert volume.split(":")[0] in COMPOSE["volumes"], name
    used = {secret for service in SERVICES.values() for secret in service.get("secrets", [])}
    assert used == set(COMPOSE["secrets"])


def test_secrets_that_are_read_are_given() -> None:
    """Each /run/secrets/… of a service, its health check or its start script is mounted there."""
    for name, service in SERVICES.items():
        text = yaml.safe_dump(service)
        for config in service.get("configs", []):
            text += (ROOT / COMPOSE["configs"][config["source"]]["file"]).read_text("utf-8")
        named = set(re.findall(r"/run/secrets/(\w+)", text))
        assert named == set(service.get("secrets", [])), name


def test_reindex_can_reach_what_it_asks() -> None:
    """Analysing again takes the index as its administrator, and a worker's Redis and memory."""
    reindex, worker, setup = (SERVICES[name] for name in ("reindex", "worker", "setup"))
    redis = {name for name in worker["environment"] if name.startswith("WARRAQ_REDIS_")}
    administration = {"WARRAQ_ELASTICSEARCH_URL", "WARRAQ_ELASTICSEARCH_ADMIN_PASSWORD_FILE"}
    assert redis | administration <= set(reindex["environment"])
    assert administration <= set(setup["environment"])
    assert set(reindex["depends_on"]) == {"elasticsearch", "redis"}
    limits = [each["deploy"]["resources"]["limits"]["memory"] for each in (reindex, worker)]
    assert limits[0] == limits[1]


def test_make_secrets_makes_those_that_compose_looks_for(tmp_path: Path) -> None:
    made = make_secrets(tmp_path / "secrets")
    wanted = {each["file"].rpartition("/")[2] for each in COMPOSE["secrets"].values()}
    assert wanted <= file_names() == {each.name for each in (tmp_path / "secrets").iterdir()}
    assert set(made) == file_names() - {"redis_users.acl"}
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700


def test_make_secrets_keeps_what_is_there(tmp_path: Path) -> None:
    make_secrets(tmp_path)
    (tmp_path / "redis_users.acl").unlink()
    before = {each.name: each.read_bytes() for each in tmp_path.iterdir()}
    assert make_secrets(tmp_path) == []
    after = {each.name: each.read_bytes() for each in tmp_path.iterdir()}
    assert before.items() <= after.items()
    acl = after["redis_users.acl"].decode()
    assert len(acl.splitlines()) == len(RULES)
    for user in RULES:
        assert before[redis_password_file(user)].decode().strip() not in acl


def test_only_redis_elasticsearch_and_kibana_are_published_on_loopback() -> None:
    ports = {name: each["ports"] for name, each in SERVICES.items() if "ports" in each}
    published = {name: [with_defaults(port) for port in each] for name, each in ports.items()}
    assert published == {
        "redis": ["127.0.0.1:6379:6379"],
        "elasticsearch": ["127.0.0.1:9200:9200"],
        "kibana": ["127.0.0.1:5601:5601"],
    }


def test_addresses_are_of_services_and_their_ports() -> None:
    inside = {"redis": "6379", "elasticsearch": "9200"}
    for host, port in re.findall(r"(?:redis|http)://([a-z]+):(\d+)", TEXT):
        assert inside[host] == port


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_is_hardened(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["user"].split(":")[0] not in {"root", "0"}
    assert service["stop_grace_period"] == "45s"
    assert set(service["deploy"]["resources"]["limits"]) == {"cpus", "memory", "pids"}
    assert service["logging"]["options"]["max-size"]
    assert "privileged" not in service
    assert all(":noexec,nosuid,nodev,size=" in mount for mount in service["tmpfs"])
    assert ("healthcheck" in service) == (name not in ENDING)
    assert service["restart"] == ("no" if name in ENDING else "unless-stopped")


def test_soft_shutdown_ends_within_the_grace_period() -> None:
    from config.celery import celery_settings

    assert SERVICES["worker"]["environment"]["REMAP_SIGTERM"] == "SIGQUIT"
    assert 0 < celery_settings(Settings())["worker_soft_shutdown_timeout"] < 45


def test_the_test_s_override_changes_no_more_than_it_must() -> None:
    class WithReset(yaml.SafeLoader):  # type: ignore[misc]
        """Knows compose's own tag `!reset`."""

    WithReset.add_constructor("!reset", lambda *_: None)
    text = (ROOT / "tests" / "compose" / "override.yml").read_text(encoding="utf-8")
    override = yaml.load(text, WithReset)  # noqa: S506  a SafeLoader with one tag more
    assert set(override["services"]) == set(SERVICES)
    for service in override["services"].values():
        assert set(service) <= {"image", "build", "pull_policy", "ulimits", "profiles"}
