"""Every setting of Warraq: one class, read once at the edge (`load_settings`) and passed in.

Sources, the first wins: the environment (WARRAQ_…), then the file `env` in the state folder, which
`warraq up` writes. A secret may come as a file instead: WARRAQ_REDIS_PASSWORD_FILE=/run/secrets/x.
"""

from __future__ import annotations

from datetime import tzinfo
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote, unquote, urlsplit, urlunsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from config.paths import state_folder

_SECRETS = (
    "redis_password",
    "elasticsearch_worker_key",
    "elasticsearch_search_key",
    "elasticsearch_admin_password",
    "kibana_password",
)


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, IsADirectoryError) as error:
        raise ValueError(f"{name!r} is no time zone such as Asia/Riyadh") from error
    return name


Zone = Annotated[str, AfterValidator(_known_zone)]


class Settings(BaseSettings):
    """Where the servers are, who we are there, and the numbers an operator may turn."""

    model_config = SettingsConfigDict(
        env_prefix="WARRAQ_", extra="ignore", frozen=True, hide_input_in_errors=True
    )

    redis_url: str = "redis://127.0.0.1:6379/0"
    redis_username: str | None = None
    redis_password: SecretStr | None = None
    redis_password_file: Path | None = None
    redis_ca: Path | None = None
    """Certificate authority of a rediss:// server."""

    elasticsearch_url: str = "http://127.0.0.1:9200"
    elasticsearch_ca: Path | None = None
    """Certificate authority of an https:// server."""
    elasticsearch_worker_key: SecretStr | None = None
    elasticsearch_worker_key_file: Path | None = None
    elasticsearch_search_key: SecretStr | None = None
    elasticsearch_search_key_file: Path | None = None
    elasticsearch_admin_password: SecretStr | None = None
    """Of the user `elastic`: for setup, index, backup, export, prune; doctor sees more with it."""
    elasticsearch_admin_password_file: Path | None = None
    kibana_password: SecretStr | None = None
    """Given to the user `kibana_system` by `warraq setup`."""
    kibana_password_file: Path | None = None
    elasticsearch_timeout_seconds: float = Field(30, gt=0)

    alias: str = Field("articles", pattern=r"^[a-z][a-z0-9_-]{0,60}$")
    """Name under which articles are written and searched."""
    index_shards: int = Field(1, ge=1, le=64)
    index_replicas: int = Field(0, ge=0, le=5)
    index_refresh_seconds: int = Field(1, ge=1)
    """How soon a written article can be found."""

    timezone: Zone = "UTC"
    """Of dates that name no zone."""
    source_timezones: dict[str, Zone] = Field(default_factory=dict)
    """The same by source, as JSON: {"aawsat": "Europe/London"}."""
    body_characters: int = Field(500_000, ge=1_000, le=900_000)
    """The longest body. Elasticsearch highlights at most 1,000,000 characters of a field."""
    payload_bytes: int = Field(8_000_000, ge=10_000, le=64_000_000)
    steps_off: Annotated[tuple[str, ...], NoDecode] = ()
    """Names of text and analysis steps not to run, separated by commas; `all` for none."""

    joins_confidence: float = Field(0.6, ge=0, le=1)
    """How sure to be of joined words; 0.85 is safe where a false hit is worse than a missed one."""

    run_in_headings: bool = False
    """Give headings that ran into the text lines of their own; too often they are none."""

    encoder: str = Field("", pattern=r"^(\w+(\.\w+)+(:.+)?)?$")
    """Of the optional dense view, as package.module.Class or package.module.Class:argument; empty
    for none. A change needs `warraq index reindex --analyse`."""

    inbox_articles: int = Field(100_000, ge=1)
    """Articles in the inbox at which `warraq enqueue` and `warraq.ingest` wait."""
    batch_articles: int = Field(200, ge=1, le=5_000)
    batch_bytes: int = Field(2_000_000, ge=10_000)
    """Payloads of one batch; the last may go beyond it. A bulk request has a bound of its own."""
    pull_seconds: float = Field(10, gt=0, le=60)
    """How long one ticket may pull batches before it gives its process back to Celery."""
    lease_seconds: float = Field(15, ge=1)
    """An entry that nobody has touched for so long is taken over by another worker."""
    article_seconds: float = Field(60, ge=1)
    """A process that works longer than this on one article is ended, as stuck."""
    max_deliveries: int = Field(3, ge=2)
    """An article that has killed its worker so often is a dead letter. Not 1: one that an
    Elasticsearch that is away did not take alone is claimed a second time."""
    ticket_seconds: float = Field(0.25, gt=0)
    """How often a worker looks whether the inbox wants tickets."""
    remote_control: bool = False
    """Celery's remote control: `celery inspect`, and the buttons in Flower."""
    max_memory_megabytes: int = Field(600, ge=100)
    """A pool process that has grown larger is recycled after its task; one that would grow to
    twice as much is refused the memory."""

    @model_validator(mode="before")
    @classmethod
    def _secrets_from_files(cls, values: dict[str, Any]) -> dict[str, Any]:
        for name in _SECRETS:
            file = values.get(f"{name}_file")
            if file and not values.get(name):
                try:
                    values[name] = Path(str(file)).read_text(encoding="utf-8").strip()
                except OSError as error:
                    # A process that may not read a secret has no business with it.
                    if not isinstance(error, PermissionError | FileNotFoundError):
                        raise
        if isinstance(values.get("steps_off"), str):
            values["steps_off"] = tuple(
                filter(None, values["steps_off"].replace(" ", "").split(","))
            )
        return values

    @model_validator(mode="before")
    @classmethod
    def _login_out_of_the_address(cls, values: dict[str, Any]) -> dict[str, Any]:
        """An address is shown to people; the user and password in redis://user:password@host not.

        Named on their own, user and password win over those in the address.
        """
        parts = urlsplit(str(values.get("redis_url", "")))
        login, at, host = parts.netloc.rpartition("@")
        if not at:
            return values
        user, _, password = login.partition(":")
        values["redis_url"] = urlunsplit(parts._replace(netloc=host))
        if user and not values.get("redis_username"):
            values["redis_username"] = unquote(user)
        if password and not values.get("redis_password"):
            values["redis_password"] = unquote(password)
        return values

    @model_validator(mode="after")
    def _proofs_are_asked_for(self) -> Settings:
        """Who names an authority wants TLS, and no address may take it back."""
        for server, scheme in (("redis", "rediss"), ("elasticsearch", "https")):
            url = urlsplit(str(getattr(self, f"{server}_url")))
            ca: Path | None = getattr(self, f"{server}_ca")
            setting = f"WARRAQ_{server.upper()}"
            if ca is not None and url.scheme != scheme:
                raise ValueError(f"{setting}_CA is set, so {setting}_URL must begin {scheme}://")
            if ca is not None and not ca.is_file():
                raise ValueError(f"{setting}_CA: there is no file {ca}")
            if "@" in url.geturl():
                raise ValueError(
                    f"{setting}_URL holds what looks like a password: give passwords and keys by "
                    "their own settings"
                )
            if url.query:
                # Such as ?ssl_cert_reqs=none or ?password=…, which would be shown to people.
                raise ValueError(f"{setting}_URL: nothing may stand behind a question mark")
        return self

    @property
    def zone(self) -> tzinfo:
        return ZoneInfo(self.timezone)

    @property
    def source_zones(self) -> dict[str, tzinfo]:
        return {source: ZoneInfo(name) for source, name in self.source_timezones.items()}

    @property
    def redis_login(self) -> str:
        """The Redis URL with user and password in it: for the clients, never for people."""
        if self.redis_password is None:
            return self.redis_url
        parts = urlsplit(self.redis_url)
        user = quote(self.redis_username or "", safe="")
        secret = quote(self.redis_password.get_secret_value(), safe="")
        return urlunsplit(parts._replace(netloc=f"{user}:{secret}@{parts.netloc}"))


def load_settings(**overrides: Any) -> Settings:
    """The settings of this process. Raises pydantic.ValidationError naming what is wrong."""
    return Settings(_env_file=state_folder() / "env", _env_file_encoding="utf-8", **overrides)
