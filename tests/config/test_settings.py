"""Settings: read once, from the environment first; secrets from files and shown to nobody."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from config.settings import Settings, load_settings
from warraq.text.joins import RECOMMENDED

SECRET = "hunter2-ßecret"


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty state folder, so that no running stack's file is read."""
    monkeypatch.setenv("WARRAQ_STATE", str(tmp_path))
    return tmp_path


def test_without_any_setting_the_servers_are_at_their_usual_places() -> None:
    settings = load_settings()
    assert settings.redis_url == settings.redis_login == "redis://127.0.0.1:6379/0"
    assert settings.elasticsearch_url == "http://127.0.0.1:9200"
    assert (settings.alias, settings.body_characters) == ("articles", 500_000)
    assert settings.zone == ZoneInfo("UTC")


def test_joined_words_are_found_as_recommended() -> None:
    """The number stands in both, because settings know nothing of the core."""
    assert load_settings().joins_confidence == RECOMMENDED


def test_the_environment_wins_over_the_file_of_the_stack(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (state / "env").write_text("WARRAQ_ALIAS=from-file\nWARRAQ_INDEX_SHARDS=3\n", encoding="utf-8")
    monkeypatch.setenv("WARRAQ_ALIAS", "from-environment")
    settings = load_settings()
    assert (settings.alias, settings.index_shards) == ("from-environment", 3)


def test_arguments_win_over_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARRAQ_ALIAS", "from-environment")
    assert load_settings(alias="given").alias == "given"


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError):
        load_settings().alias = "other"  # type: ignore[misc]


# ── secrets ──────────────────────────────────────────────────────────────────────────────────────

SECRETS = (
    "redis_password",
    "elasticsearch_worker_key",
    "elasticsearch_search_key",
    "elasticsearch_admin_password",
    "kibana_password",
)


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_may_lie_in_a_file(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "secret"
    file.write_text(f"{SECRET}\n", encoding="utf-8")
    monkeypatch.setenv(f"WARRAQ_{name.upper()}_FILE", str(file))
    assert getattr(load_settings(), name).get_secret_value() == SECRET


@pytest.mark.parametrize("name", SECRETS)
def test_no_secret_is_shown(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"WARRAQ_{name.upper()}", SECRET)
    settings = load_settings()
    assert getattr(settings, name).get_secret_value() == SECRET
    for shown in (repr(settings), str(settings), str(settings.model_dump())):
        assert SECRET not in shown
    assert SECRET not in settings.model_dump_json()


def test_a_secret_given_openly_wins_over_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret").write_text("other", encoding="utf-8")
    monkeypatch.setenv("WARRAQ_REDIS_PASSWORD", SECRET)
    monkeypatch.setenv("WARRAQ_REDIS_PASSWORD_FILE", str(tmp_path / "secret"))
    assert SECRET in _password(load_settings())


def test_a_secret_file_that_is_not_there_is_no_secret(tmp_path: Path) -> None:
    assert load_settings(redis_password_file=tmp_path / "none").redis_password is None


def test_a_refused_setting_does_not_show_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARRAQ_ALIAS", SECRET)
    with pytest.raises(ValidationError) as refused:
        load_settings()
    assert "alias" in str(refused.value)
    assert SECRET not in str(refused.value)


# ── the login at Redis ───────────────────────────────────────────────────────────────────────────


def _password(settings: Settings) -> str:
    assert settings.redis_password is not None
    return settings.redis_password.get_secret_value()


@pytest.mark.parametrize(
    ("url", "user", "password", "login"),
    [
        ("redis://h:6380/1", "worker", "p@:/?#", "redis://worker:p%40%3A%2F%3F%23@h:6380/1"),
        ("redis://h/0", None, "p", "redis://:p@h/0"),
        ("rediss://[::1]:6379", "w", "p", "rediss://w:p@[::1]:6379"),
        ("redis://worker@h", None, "p", "redis://worker:p@h"),
        ("redis://other:x@h", "worker", "p", "redis://worker:p@h"),
        ("redis://us%40er:p%2F@h/0", None, None, "redis://us%40er:p%2F@h/0"),
        ("redis://:p@h/0", None, None, "redis://:p@h/0"),
        ("redis://h/0", "worker", None, "redis://h/0"),
    ],
)
def test_user_and_password_go_into_the_login(
    url: str, user: str | None, password: str | None, login: str
) -> None:
    settings = load_settings(redis_url=url, redis_username=user, redis_password=password)
    assert settings.redis_login == login


def test_a_password_in_the_address_is_not_shown_either() -> None:
    settings = load_settings(redis_url=f"redis://worker:{SECRET}@h:6379/0")
    assert settings.redis_url == "redis://h:6379/0"
    assert settings.redis_username == "worker"
    assert _password(settings) == SECRET
    assert SECRET not in repr(settings)


# ── values ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("given", "steps"),
    [
        ("", ()),
        ("html", ("html",)),
        (" html, tatweel ,", ("html", "tatweel")),
        ("all", ("all",)),
    ],
)
def test_steps_are_switched_off_by_name(
    given: str, steps: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WARRAQ_STEPS_OFF", given)
    assert load_settings().steps_off == steps


def test_each_source_may_have_its_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARRAQ_TIMEZONE", "Asia/Riyadh")
    monkeypatch.setenv("WARRAQ_SOURCE_TIMEZONES", '{"aawsat": "Europe/London"}')
    settings = load_settings()
    assert settings.zone == ZoneInfo("Asia/Riyadh")
    assert settings.source_zones == {"aawsat": ZoneInfo("Europe/London")}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("timezone", "Asia/Atlantis"),
        ("timezone", ""),
        ("timezone", "Asia"),
        ("timezone", "../../etc/passwd"),
        ("timezone", "/etc/localtime"),
        ("source_timezones", {"aawsat": "London"}),
        ("alias", "Articles"),
        ("alias", "articles-*"),
        ("alias", "-articles"),
        ("alias", ""),
        ("body_characters", 0),
        ("body_characters", 1_000_001),
        ("payload_bytes", "many"),
        ("batch_articles", 0),
        ("lease_seconds", float("nan")),
        ("max_deliveries", 1),
        ("pull_seconds", 61),
    ],
)
def test_a_wrong_value_is_refused_by_the_name_of_its_setting(name: str, value: object) -> None:
    with pytest.raises(ValidationError) as refused:
        load_settings(**{name: value})
    assert refused.value.errors()[0]["loc"][0] == name


# ── TLS ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("server", ["redis", "elasticsearch"])
def test_who_names_an_authority_gets_no_plain_connection(server: str, tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("")
    with pytest.raises(ValidationError, match=f"{server.upper()}_URL must begin"):
        load_settings(**{f"{server}_ca": tmp_path / "ca.pem"})


@pytest.mark.parametrize(
    ("server", "url"), [("redis", "rediss://there"), ("elasticsearch", "https://there")]
)
def test_an_authority_that_is_not_there_is_named(server: str, url: str, tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match=r"_CA: there is no file .*missing\.pem"):
        load_settings(**{f"{server}_url": url, f"{server}_ca": tmp_path / "missing.pem"})


@pytest.mark.parametrize(
    ("server", "url"),
    [
        ("redis", "rediss://there:6379/0?ssl_cert_reqs=none"),
        ("redis", f"redis://there:6379/0?password={SECRET}"),
        ("elasticsearch", "https://there?verify_certs=false"),
    ],
)
def test_an_address_takes_no_proof_back_and_holds_no_password(server: str, url: str) -> None:
    with pytest.raises(ValidationError, match="behind a question mark") as refused:
        load_settings(**{f"{server}_url": url})
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize(
    ("server", "url"),
    [
        ("redis", f"redis://worker:a/b{SECRET}@there:6379/0"),
        ("redis", f"redis//worker:{SECRET}@there"),
        ("elasticsearch", f"http://elastic:{SECRET}@there:9200"),
    ],
)
def test_a_password_that_an_address_still_holds_is_refused_unseen(server: str, url: str) -> None:
    with pytest.raises(ValidationError, match="looks like a password") as refused:
        load_settings(**{f"{server}_url": url})
    assert SECRET not in str(refused.value)
