"""Dates and versions in the intake contract: which moment is meant, and which article is newer."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.test_article import SMALLEST, refused, taken
from warraq.article import Contract, parse

# ── dates ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("2018-01-08", "2018-01-08T00:00:00+00:00"),
        ("2018-01-08T14:30", "2018-01-08T14:30:00+00:00"),
        ("2018-01-08 14:30:00", "2018-01-08T14:30:00+00:00"),
        (" 2018-01-08T14:30:00Z\n", "2018-01-08T14:30:00+00:00"),
        ("20180108T143000+0200", "2018-01-08T14:30:00+02:00"),
        ("2018-01-08T14:30:00.123456+05:30", "2018-01-08T14:30:00.123456+05:30"),
        ("2018-01-08T14:30:00,5-0330", "2018-01-08T14:30:00.500000-03:30"),
        ("1500-01-01", "1500-01-01T00:00:00+00:00"),
        ("2100-12-31T23:59:59-18:00", "2100-12-31T23:59:59-18:00"),
    ],
)
def test_dates_are_iso_8601(sent: str, kept: str) -> None:
    article = taken(published_at=sent)
    assert article.published_at is not None
    assert article.published_at.isoformat() == kept


@pytest.mark.parametrize("name", ["published_at", "updated_at"])
@pytest.mark.parametrize(
    "sent",
    [
        "", "أمس", "08/01/2018", "2018-13-01", "2018-02-30", "2018-01-08T25:00",
        "2018-01-08T14:30+25:00", "2018-01-08T14:30+18:01", "2018-01-08T14:30-23:59",
        "2018-01-08T14:30+02:00:30", "9999-12-31", "1499-12-31", "0000-01-01", "-2018-01-08",
        "12018-01-08", "٢٠١٨-٠١-٠٨", "2018-01-08T14,5", "2018-01-08 14:30.5",
        "2018-01-08T1430,5+02:00", "2018-01-08T14:30+02:60", "2018-01-08T14:30:00-0299",
        "2018-01-08" * 1000, 1515421800, 1515421800.5, True, [], {},
    ],
)  # fmt: skip
def test_other_dates_are_refused(name: str, sent: object) -> None:
    refusal = refused(json.dumps({**SMALLEST, name: sent}).encode())
    assert refusal.reason == "invalid-field"
    assert refusal.detail.startswith(f"{name}: ")
    assert len(refusal.detail) < 200


def test_a_date_without_a_zone_is_in_the_zone_of_its_source() -> None:
    others = {"hespress": ZoneInfo("Africa/Casablanca")}
    contract = Contract(timezone=ZoneInfo("Asia/Riyadh"), source_timezones=others)
    for source, kept in (("okaz", "+03:00"), ("hespress", "+00:00")):
        raw = json.dumps({"source": source, "id": 1, "published_at": "2018-01-08T14:30"}).encode()
        published_at = parse(raw, contract).article.published_at
        assert published_at is not None
        assert published_at.isoformat() == f"2018-01-08T14:30:00{kept}"


def test_zones_of_local_mean_time_get_whole_minutes_and_keep_the_wall_clock() -> None:
    contract = Contract(timezone=ZoneInfo("Asia/Riyadh"))  # +03:06:52 before 1947
    raw = json.dumps({**SMALLEST, "published_at": "1930-01-01"}).encode()
    published_at = parse(raw, contract).article.published_at
    assert published_at is not None
    assert published_at.isoformat() == "1930-01-01T00:00:00+03:07"


# ── versions ─────────────────────────────────────────────────────────────────────────────────────


def test_the_revision_orders_versions_then_the_update_then_the_intake() -> None:
    both = taken(revision=3, updated_at="2018-01-09T08:00:00Z")
    assert (both.version_kind, both.version(99)) == ("revision", 3)
    updated = taken(updated_at="2018-01-09T08:00:00.250Z")
    assert (updated.version_kind, updated.version(99)) == ("updated_at", 1_515_484_800_250)
    assert (taken().version_kind, taken().version(99)) == ("intake", 99)


@given(st.integers(0, 4_102_444_800_000), st.integers(-18 * 60, 18 * 60))
@example(1_095_606_379_843, 0)
def test_a_version_by_update_is_exact_to_the_millisecond(milliseconds: int, zone: int) -> None:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)
    offset = f"{'-' if zone < 0 else '+'}{abs(zone) // 60:02}:{abs(zone) % 60:02}"
    there = (moment + timedelta(minutes=zone)).replace(tzinfo=None)
    article = taken(updated_at=there.isoformat() + offset)
    assert article.version(0) == milliseconds


@pytest.mark.parametrize("updated_at", ["1969-12-31T23:59:59Z", "1970-01-01T00:00:00+14:00"])
def test_an_update_before_1970_orders_nothing_unless_there_is_a_revision(updated_at: str) -> None:
    refusal = refused(json.dumps({**SMALLEST, "updated_at": updated_at}).encode())
    assert refusal.detail == "updated_at: is before 1970, so it cannot order versions"
    assert taken(updated_at=updated_at, revision=0).version(99) == 0
