"""One dead letter, and how Redis keeps it: a stream entry with these fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from warraq.errors import Rejected

_LONGEST_DETAIL = 1_000


@dataclass(frozen=True, slots=True)
class Head:
    """A dead letter without its payload.

    id: of the dead letter, "<ms>-<n>", so it tells when it died. stage, reason, detail: see
    `warraq.errors.Rejected`. source, article_id: "" if unreadable. entry: id that the producer was
    given. intake_ms: when it was first enqueued. attempts: deliveries, since the last replay.
    replays: how often it was sent again and died again. size: of the payload, in bytes.
    """

    id: str
    stage: str
    reason: str
    detail: str
    source: str
    article_id: str
    entry: str
    intake_ms: int
    attempts: int
    replays: int
    size: int

    @property
    def died_ms(self) -> int:
        return int(self.id.partition("-")[0])


@dataclass(frozen=True, slots=True)
class DeadLetter(Head):
    """The whole. payload: as it came."""

    payload: bytes


def letter_fields(
    payload: bytes,
    why: Rejected,
    *,
    entry: str,
    intake_ms: int,
    attempts: int = 1,
    replays: int = 0,
    identity: tuple[str, str] | None = None,
) -> list[bytes | str | int]:
    """Names and values in turn. identity: source and the article's own id, where they are known."""
    source, article_id = (_sayable(part) for part in identity or ("", ""))
    fields: dict[str, bytes | str | int] = {
        "payload": payload,
        "stage": why.stage,
        "reason": why.reason,
        "detail": _sayable(why.detail[:_LONGEST_DETAIL]),
        "source": source,
        "article_id": article_id,
        "entry": entry,
        "intake": intake_ms,
        "attempts": attempts,
        "replays": replays,
    }
    return [part for pair in fields.items() for part in pair]


def _sayable(text: str) -> bytes:
    """Half a surrogate pair, which no UTF-8 can carry, is shown as its escape."""
    return text.encode(errors="backslashreplace")


def read_head(identifier: bytes, size: int, parts: Sequence[bytes]) -> Head:
    """The head that Redis keeps as `parts`: names and values in turn. size: of the payload."""
    return Head(**_known(identifier, size, dict(zip(parts[::2], parts[1::2], strict=True))))


def read_letter(identifier: bytes, size: int, parts: Sequence[bytes]) -> DeadLetter:
    """The dead letter that Redis keeps as `parts`."""
    fields = dict(zip(parts[::2], parts[1::2], strict=True))
    return DeadLetter(**_known(identifier, size, fields), payload=fields.get(b"payload", b""))


def _known(identifier: bytes, size: int, fields: dict[bytes, bytes]) -> dict[str, Any]:
    def text(name: bytes) -> str:
        return fields.get(name, b"").decode(errors="replace")

    def number(name: bytes) -> int:
        value = fields.get(name, b"")
        return int(value) if value.isdigit() and len(value) < 16 else 0

    return {
        "id": identifier.decode(),
        "stage": text(b"stage"),
        "reason": text(b"reason"),
        "detail": text(b"detail"),
        "source": text(b"source"),
        "article_id": text(b"article_id"),
        "entry": text(b"entry"),
        "intake_ms": number(b"intake"),
        "attempts": number(b"attempts"),
        "replays": number(b"replays"),
        "size": size,
    }
