"""Article: the intake contract, strict and bounded, and the parser that names what it refuses.

Any system in any language may send an article as one JSON object in UTF-8. Types are not guessed
("7" is no revision), every field has a bound, and a refusal says which field and why.
docs/article.schema.json is generated from here by `python -m warraq.article`.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)

from warraq.errors import Rejected
from warraq.identity import canonical_url, document_id

EARLIEST_YEAR, LATEST_YEAR = 1500, 2100
EXTRA_KEYS, EXTRA_DEPTH, EXTRA_KEY_LENGTH, EXTRA_VALUE_LENGTH = 200, 5, 200, 10_000

_UTC = ZoneInfo("UTC")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# What ISO 8601 can write and java.time, which Elasticsearch reads dates with, takes.
_MINUTE, _FARTHEST_OFFSET = timedelta(minutes=1), timedelta(hours=18)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# Python reads 14,5 as 14:00:00.5 where ISO 8601 means 14:30, and 02:60 as three hours.
_MISREAD_TIME = re.compile(r"[^\d:.,]\d\d(?::?\d\d)?[.,]\d|[+-]\d\d:?[6-9]\d$")
# Only these escapes can bring a NUL or half a surrogate pair through a JSON parser.
_DANGEROUS_ESCAPE = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Contract:
    """What may vary in the contract from one installation to another.

    payload_bytes: the most bytes of one JSON object; body_characters: of one body.
    timezone: of dates that name none; source_timezones: the same by source, where it differs.
    """

    payload_bytes: int = 8_000_000
    body_characters: int = 500_000
    timezone: tzinfo = _UTC
    source_timezones: Mapping[str, tzinfo] = field(default_factory=dict)

    def zone_of(self, source: object) -> tzinfo:
        return self.source_timezones.get(str(source), self.timezone)


def _contract(info: ValidationInfo) -> Contract:
    return info.context if isinstance(info.context, Contract) else Contract()


def _one_line(value: str) -> str:
    if _CONTROL.search(value):
        raise ValueError("must be one line without control characters")
    return value


def _as_one_line(value: object) -> object:
    """Bylines come on two lines; a line end in them says no more than a space."""
    return " ".join(value.split()) if isinstance(value, str) else value


def _id_as_text(value: object) -> object:
    """Databases have numbers for ids; 7 and "7" are the same article."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _no_boolean(value: object) -> object:
    if isinstance(value, bool):  # true is 1 in Python, but not in JSON
        raise ValueError("Input should be 1")  # noqa: TRY004
    return value


def _web_address(value: str) -> str:
    canonical_url(value)
    return value


def _moment(value: object, info: ValidationInfo) -> object:
    """ISO 8601 text → datetime with a zone; the source's zone where the text names none."""
    if not isinstance(value, str):
        raise ValueError("must be a date as text in ISO 8601, such as 2018-01-08T14:30:00+02:00")  # noqa: TRY004
    try:
        moment = iso_moment(value)
    except ValueError:
        raise ValueError(
            f"is no ISO 8601 date: {value[:40]!r} (write 2018-01-08T14:30:00+02:00)"
        ) from None
    if not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
        raise ValueError(f"is outside the years {EARLIEST_YEAR} to {LATEST_YEAR}")
    if moment.tzinfo is None:
        return in_zone(moment, _contract(info).zone_of(info.data.get("source")))
    offset = moment.utcoffset() or timedelta()
    if offset % _MINUTE or abs(offset) > _FARTHEST_OFFSET:
        raise ValueError("has a zone that is not within ±18:00 in whole minutes")
    return moment


def iso_moment(text: str) -> datetime:
    """ISO 8601 text → datetime, without a zone where it names none. Raises ValueError."""
    bare = text.strip()
    if _MISREAD_TIME.search(bare):
        raise ValueError(f"no such time of day: {bare!r}")
    return datetime.fromisoformat(bare)


def in_zone(moment: datetime, zone: tzinfo) -> datetime:
    """The wall clock's time stays. Before standard time zones had seconds: they are rounded off."""
    there = moment.replace(tzinfo=zone)
    offset = there.utcoffset() or timedelta()
    if not offset % _MINUTE:
        return there
    return moment.replace(tzinfo=timezone(_MINUTE * round(offset / _MINUTE)))


def _body_within_limit(value: str, info: ValidationInfo) -> str:
    limit = _contract(info).body_characters
    if len(value) > limit:
        raise ValueError(f"has {len(value):,} characters; the limit is {limit:,}")
    return value


def _plain_extra(value: dict[str, Any]) -> dict[str, Any]:
    for number, (depth, key, leaf) in enumerate(_entries(value, 1), start=1):
        if depth > EXTRA_DEPTH:
            raise ValueError(f"is nested deeper than {EXTRA_DEPTH} levels")
        if number > EXTRA_KEYS:
            raise ValueError(f"has more than {EXTRA_KEYS} values")
        if not 1 <= len(key) <= EXTRA_KEY_LENGTH:
            raise ValueError(f"has a key that is empty or longer than {EXTRA_KEY_LENGTH}")
        if isinstance(leaf, str) and len(leaf) > EXTRA_VALUE_LENGTH:
            raise ValueError(
                f"has a text of more than {EXTRA_VALUE_LENGTH:,} characters at {key!r}"
            )
        if isinstance(leaf, float) and not math.isfinite(leaf):
            raise ValueError(f"has a number that is too large at {key!r}")
        if isinstance(leaf, int) and abs(leaf) >= 2**63:
            raise ValueError(f"has a number that is too large at {key!r}; send it as text")
    return value


def _entries(value: object, depth: int, key: str = "extra") -> Iterator[tuple[int, str, object]]:
    """Each key or list item with its depth, parents first, so that a caller can stop early."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield depth, name, inner
            yield from _entries(inner, depth + 1, name)
    elif isinstance(value, list):
        for inner in value:
            yield depth, key, inner
            yield from _entries(inner, depth + 1, key)


_DATE_SCHEMA = WithJsonSchema(
    {
        "type": "string",
        "description": f"ISO 8601, year {EARLIEST_YEAR} to {LATEST_YEAR}; without a zone it is in "
        "the source's zone",
        "examples": ["2018-01-08T14:30:00+02:00", "2018-01-08"],
    }
)
Moment = Annotated[datetime, BeforeValidator(_moment), _DATE_SCHEMA]
_ONE_LINE = AfterValidator(_one_line)
_TO_ONE_LINE = BeforeValidator(_as_one_line, json_schema_input_type=str | None)
_Id = Annotated[str, StringConstraints(min_length=1, max_length=512), _ONE_LINE]


class Article(BaseModel):
    """One article as another system sends it."""

    model_config = ConfigDict(
        strict=True,
        frozen=True,
        extra="ignore",
        json_schema_extra={"anyOf": [{"required": ["id"]}, {"required": ["url"]}]},
    )

    contract: Annotated[Literal[1], BeforeValidator(_no_boolean)] = Field(
        1, description="version of this contract"
    )
    source: Annotated[str, StringConstraints(min_length=1, max_length=200), _ONE_LINE] = Field(
        description="who published it: one short name a source, always the same"
    )
    id: Annotated[
        _Id | None, BeforeValidator(_id_as_text, json_schema_input_type=_Id | int | None)
    ] = Field(None, description="the source's own id; without it the id follows from `url`")
    url: Annotated[str, StringConstraints(max_length=4096), AfterValidator(_web_address)] | None = (
        Field(None, description="where it was published (http or https); it is never fetched")
    )
    title: Annotated[str, StringConstraints(max_length=2_000)] = ""
    body: Annotated[str, AfterValidator(_body_within_limit)] = Field(
        "", description="plain text or HTML, at most 500,000 characters unless configured otherwise"
    )
    published_at: Moment | None = None
    updated_at: Moment | None = Field(
        None, description="when it was last changed; orders the versions of an article"
    )
    revision: Annotated[int, Field(ge=0, lt=2**63)] | None = Field(
        None, description="counts the versions of an article; wins over updated_at"
    )
    author: Annotated[str | None, _TO_ONE_LINE, Field(max_length=500)] = None
    section: Annotated[str | None, _TO_ONE_LINE, Field(max_length=200)] = None
    tags: Annotated[
        tuple[Annotated[str, StringConstraints(min_length=1, max_length=200), _ONE_LINE], ...],
        Field(max_length=100, strict=False),
    ] = ()
    language: (
        Annotated[
            str, StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)
        ]
        | None
    ) = Field(None, description="BCP 47, such as ar or ar-LY; detected where it is not given")
    extra: Annotated[dict[str, Any], AfterValidator(_plain_extra)] = Field(
        default_factory=dict,
        description="anything else: kept, and searchable as exact keywords",
    )
    deleted: bool = Field(
        default=False, description="a tombstone: the article is withdrawn; no title or body needed"
    )

    @model_validator(mode="after")
    def _has_identity_and_versions(self) -> Self:
        if self.id is None and self.url is None:
            raise ValueError("id: give an id, or a url from which it follows")
        if self.revision is None and self.updated_at is not None and self.updated_at < _EPOCH:
            raise ValueError("updated_at: is before 1970, so it cannot order versions")
        return self

    @property
    def own_id(self) -> str:
        """The id inside the source: as given, or the canonical URL."""
        return self.id if self.id is not None else canonical_url(self.url or "")

    @property
    def document_id(self) -> str:
        return document_id(self.source, self.own_id)

    @property
    def version_kind(self) -> str:
        """Which clock orders this article's versions: "revision", "updated_at" or "intake"."""
        if self.revision is not None:
            return "revision"
        return "updated_at" if self.updated_at is not None else "intake"

    def version(self, intake_ms: int) -> int:
        """The external version in Elasticsearch; `intake_ms`: when it was enqueued, in ms."""
        if self.revision is not None:
            return self.revision
        if self.updated_at is not None:
            return (self.updated_at - _EPOCH) // timedelta(milliseconds=1)
        return intake_ms


@dataclass(frozen=True, slots=True)
class Received:
    """An article and what had to be said about it on the way in.

    ignored: names of fields that the contract does not know, in the order they came.
    cleaned: NUL or half surrogate pairs were taken out, so the raw payload is worth keeping.
    """

    article: Article
    ignored: tuple[str, ...] = ()
    cleaned: bool = False


_KNOWN = frozenset(Article.model_fields)


def parse(raw: bytes, contract: Contract) -> Received:
    """One JSON object in UTF-8 → an article. Raises Rejected, naming the field and the reason."""
    if len(raw) > contract.payload_bytes:
        raise Rejected(
            "parse",
            "too-large",
            f"the payload has {len(raw):,} bytes; the limit is {contract.payload_bytes:,}",
        )
    payload = json_object(raw)
    try:
        cleaned = bool(_DANGEROUS_ESCAPE.search(raw)) and _needs_cleaning(payload)
        if cleaned:
            payload = _clean(payload)
    except RecursionError:  # Python's stack is fuller here than the JSON parser's was
        raise _too_deep() from None
    return Received(validate(payload, contract), _unknown(payload), cleaned)


def validate(payload: Mapping[str, object], contract: Contract) -> Article:
    """A mapping → an article; a field that is null is one that is not there.

    Raises Rejected, naming the fields and the reasons.
    """
    given = {name: value for name, value in payload.items() if value is not None}
    try:
        return Article.model_validate(given, context=contract)
    except ValidationError as error:
        words = _in_words(error)
    # Out here the refusal has no context. Pydantic's error holds the frames of our validators, so
    # the payload too, and Python's collector cannot see into it: who keeps a refusal would leak.
    raise Rejected("parse", "invalid-field", words, _identity(given))


def _identity(given: Mapping[str, object]) -> tuple[str, str]:
    """Source and id of what is no article, so that its dead letter can be found by them."""
    source, own_id, url = given.get("source"), _id_as_text(given.get("id")), given.get("url")
    if not isinstance(own_id, str) and isinstance(url, str):
        try:
            own_id = canonical_url(url)
        except ValueError:
            own_id = url
    return (
        source[:200] if isinstance(source, str) else "",
        own_id[:4_096] if isinstance(own_id, str) else "",
    )


def _unknown(payload: Mapping[str, object]) -> tuple[str, ...]:
    if payload.keys() <= _KNOWN:
        return ()
    return tuple(name[:100] for name in payload if name not in _KNOWN)[:50]


def json_object(raw: bytes) -> dict[str, Any]:
    """Bytes → the JSON object in them, strict JSON in UTF-8. Raises Rejected with the reason."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Rejected(
            "parse", "not-utf8", f"byte {error.start:,} is not UTF-8; send JSON in UTF-8"
        ) from None
    try:
        payload = json.loads(text, parse_constant=_no_constant, parse_int=_integer)
    except RecursionError:
        raise _too_deep() from None
    except ValueError as error:
        raise Rejected("parse", "not-json", f"the payload is no JSON: {error}"[:300]) from None
    if not isinstance(payload, dict):
        raise Rejected(
            "parse", "not-an-object", f"the payload is a JSON {_json_type(payload)}, not an object"
        )
    return payload


def _too_deep() -> Rejected:
    return Rejected("parse", "too-deep", "the JSON is nested too deeply")


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _integer(digits: str) -> int:
    """Python bounds the digits of an integer, for their cost is the square of their number."""
    try:
        return int(digits)
    except ValueError:
        raise Rejected(
            "parse", "invalid-field", f"a number has {len(digits):,} digits; send it as text"
        ) from None


def _json_type(value: object) -> str:
    if value is None:
        return "null"
    names = {bool: "boolean", str: "string", list: "array", int: "number", float: "number"}
    return names.get(type(value), "value")


def _needs_cleaning(value: object) -> bool:
    if isinstance(value, str):
        return "\x00" in value or _LONE_SURROGATE.search(value) is not None
    if isinstance(value, dict):
        return any(_needs_cleaning(key) or _needs_cleaning(inner) for key, inner in value.items())
    return isinstance(value, list) and any(map(_needs_cleaning, value))


def _clean(value: Any) -> Any:
    """NUL out; half a surrogate pair, which no UTF-8 can carry, becomes U+FFFD in its place."""
    if isinstance(value, str):
        return _LONE_SURROGATE.sub("\ufffd", value.replace("\x00", ""))
    if isinstance(value, dict):
        return {_clean(key): _clean(inner) for key, inner in value.items()}
    return [_clean(inner) for inner in value] if isinstance(value, list) else value


# Where pydantic speaks of Python, the sender knows JSON.
_MESSAGES = {
    "tuple_type": "Input should be a valid array",
    "dict_type": "Input should be a valid object",
}


def _in_words(error: ValidationError) -> str:
    """Pydantic's findings as one line: the field, then what is wrong with it."""
    words = []
    for finding in error.errors(include_url=False, include_input=False)[:5]:
        place = ".".join(
            str(part) for part in finding["loc"] if not str(part).startswith("function")
        )
        message = _MESSAGES.get(finding["type"], finding["msg"].removeprefix("Value error, "))
        if finding["type"] == "too_long":  # "Tuple", and "items" of a text
            what = "items" if finding["ctx"]["field_type"] == "Tuple" else "characters"
            message = f"should have at most {finding['ctx']['max_length']} {what}"
        words.append(f"{place}: {message}" if place else message)
    more = error.error_count() - 5
    return "; ".join(words) + (f"; and {more} more" if more > 0 else "")


def json_schema() -> str:
    """The contract as JSON Schema, as it stands in docs/article.schema.json."""
    schema = Article.model_json_schema(mode="validation")
    schema["title"] = "Article"
    schema["properties"] = {
        name: described if name in schema["required"] else _or_null(described)
        for name, described in schema["properties"].items()
    }
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _or_null(described: dict[str, Any]) -> dict[str, Any]:
    """A field that need not be there may as well be null."""
    if {"type": "null"} in described.get("anyOf", ()):
        return described
    aside: dict[str, Any] = {
        name: described[name] for name in ("description", "title") if name in described
    }
    alone = {name: value for name, value in described.items() if name not in (*aside, "default")}
    return {**aside, "anyOf": [alone, {"type": "null"}], "default": described.get("default")}


if __name__ == "__main__":
    sys.stdout.write(json_schema())
