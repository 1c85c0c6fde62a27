"""The equivalents that searches know, changed in the index that is there, without reindexing.

They are rules in the index's own settings, which its searches read when it opens. So Elasticsearch
is told to open its shards again with the new rules, in one step of its own: it tries them first
and refuses all of them if one is bad; nothing is ever left closed. For that moment, about half a
second, searches are told "not now" and the workers' writes wait. Why not otherwise:
docs/decisions/0067-equivalents.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from elasticsearch import BadRequestError, Elasticsearch

from warraq.errors import WarraqError
from warraq.index.analyzers import EQUIVALENTS, equivalent_rules, synonyms
from warraq.index.client import elasticsearch_errors

_SYNONYMS = f"index.analysis.filter.{EQUIVALENTS}.synonyms"
_OPENED_WITHIN = "60s"


@dataclass(frozen=True, slots=True)
class Change:
    """How many rules the searches of an index know, and how many were added and taken away."""

    known: int
    added: int = 0
    removed: int = 0

    def __str__(self) -> str:
        if not self.added and not self.removed:
            return f"{self.known:,} equivalents, as before"
        return f"{self.known:,} equivalents: {self.added:,} new, {self.removed:,} taken away"


def known(client: Elasticsearch, index: str) -> list[str] | None:
    """The rules in the settings of `index`; None if it was made without a place for any."""
    settings = client.indices.get_settings(index=index)[index]["settings"]["index"]
    found = settings.get("analysis", {}).get("filter", {}).get(EQUIVALENTS)
    return None if found is None else list(found.get("synonyms", ()))


def renew(client: Elasticsearch, index: str, lines: Sequence[str]) -> Change | None:
    """Make the rules among `lines` those that searches of `index` know; None as for `known`.

    Nothing is sent if they are known already. Not for two at once: where the second comes while
    the first one's shards are opening, Elasticsearch keeps the first one's rules in use.

    Raises:
        WarraqError: a line is no rule; it is named, and nothing was changed.
        Unavailable: Elasticsearch is away or does not let us.
    """
    with elasticsearch_errors(), bad_rules_named(lines):
        before, wanted = known(client, index), synonyms(lines)
        if before is None or before == wanted:
            return None if before is None else Change(len(wanted))
        _until_open(client, index)
        client.indices.put_settings(index=index, settings={_SYNONYMS: wanted}, reopen=True)
        _until_open(client, index)
    was, now = Counter(before), Counter(wanted)
    return Change(len(wanted), (now - was).total(), (was - now).total())


def _until_open(client: Elasticsearch, index: str) -> None:
    # The answer to a change of settings comes before the shards are given out again; `languid`
    # waits for that, too.
    client.cluster.health(
        index=index,
        wait_for_events="languid",
        wait_for_no_initializing_shards=True,
        wait_for_status="yellow",
        timeout=_OPENED_WITHIN,
    )


@contextmanager
def bad_rules_named(lines: Sequence[str]) -> Iterator[None]:
    """Check `lines`; then turn Elasticsearch's refusal of one into its number and its words.

    Raises:
        WarraqError: a line is no rule.
    """
    for number, line in enumerate(lines, start=1):
        for rule in equivalent_rules([line]):
            terms = [term.strip() for term in re.split(",|=>", rule)]
            if len(terms) < 2 or not all(terms):
                raise _no_rule(number, rule, "it takes two terms or more, with commas between")
    try:
        yield
    except BadRequestError as error:
        causes = list(_causes(error.body))
        for cause in causes:
            if place := re.search(r"Invalid synonym rule at line (\d+)", cause):
                places = [number for number, line in enumerate(lines, 1) if synonyms([line])]
                number = places[int(place[1]) - 1]
                raise _no_rule(number, lines[number - 1].strip(), causes[-1]) from None
        raise


def _no_rule(number: int, rule: str, why: str) -> WarraqError:
    return WarraqError(f"line {number} of the equivalents is no rule ({why}): {rule}")


def _causes(body: Any) -> Iterator[str]:
    """The reasons in Elasticsearch's answer, from the outermost to the innermost."""
    cause = body.get("error") if isinstance(body, dict) else None
    while isinstance(cause, dict):
        yield str(cause.get("reason"))
        cause = cause.get("caused_by")
