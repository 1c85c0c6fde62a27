"""What a check finds, what it looks at, and running checks one after another."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from pydantic import SecretStr

from warraq.errors import WarraqError
from warraq.inbox.server import RedisServer, redis_server
from warraq.inbox.stream import Inbox
from warraq.index.condition import IndexView
from warraq.index.examining import Administrator
from warraq.index.lifecycle import Layout


class Severity(Enum):
    """error: articles may be lost, or nothing gets on. warning: it will, or something is weaker
    than it looks. note: good to know. unseen: could not look, so nothing is known."""

    ERROR = "error"
    WARNING = "warning"
    UNSEEN = "could not look"
    NOTE = "note"

    @property
    def exit_code(self) -> int:
        return {Severity.ERROR: 2, Severity.WARNING: 1}.get(self, 0)


@dataclass(frozen=True, slots=True)
class Finding:
    """what: is wrong, in one sentence; remedy: what to do, "" where there is nothing to."""

    severity: Severity
    what: str
    remedy: str = ""


def error(what: str, remedy: str) -> Finding:
    return Finding(Severity.ERROR, what, remedy)


def warning(what: str, remedy: str) -> Finding:
    return Finding(Severity.WARNING, what, remedy)


def note(what: str, remedy: str = "") -> Finding:
    return Finding(Severity.NOTE, what, remedy)


@dataclass
class Site:
    """Everything that checks look at.

    keys: role → API key, None where none is at hand. secret_files: that only we should read.
    addresses: of the servers. processes: ids of those that were started here. maintain_seconds:
    how often beat sends a task. clock: this machine's, in seconds since 1970.
    """

    inbox: Inbox
    index: IndexView
    layout: Layout
    keys: Mapping[str, SecretStr | None]
    secret_files: tuple[Path, ...]
    addresses: tuple[str, ...]
    processes: tuple[int, ...]
    lease_seconds: float
    maintain_seconds: float
    clock: Callable[[], float] = time.time

    @cached_property
    def redis(self) -> RedisServer:
        """Raises Unavailable or WarraqError."""
        return redis_server(self.inbox, self.clock)

    @cached_property
    def administrator(self) -> Administrator:
        """Raises WarraqError where the password is not at hand."""
        if self.index.administering is None:
            raise WarraqError(
                "it takes the administrator's password (WARRAQ_ELASTICSEARCH_ADMIN_PASSWORD_FILE)"
            )
        return Administrator(self.index.administering)


Check: TypeAlias = Callable[[Site], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Group:
    """Checks of one thing. answers: the first of them, without which the others make no sense.
    needs: the group that has to answer for them, where they have nobody of their own to ask."""

    name: str
    answers: Check | None
    checks: tuple[Check, ...]
    needs: str | None = None


@dataclass(frozen=True, slots=True)
class Examined:
    """One check of a group and what it found; nothing, if all is well."""

    group: str
    check: str
    findings: tuple[Finding, ...]


def examine(site: Site, groups: Iterable[Group]) -> Iterator[Examined]:
    """Runs the checks; none of them raises, none changes anything.

    Who does not answer is not asked again: each question may take as long as the first.
    """
    silent: set[str] = set()
    for group in groups:
        if group.answers is not None:
            first = _run(site, group.name, group.answers)
            yield first
            if any(finding.severity is Severity.ERROR for finding in first.findings):
                silent.add(group.name)
                continue
        for check in group.checks:
            if group.needs in silent:
                unseen = Finding(Severity.UNSEEN, f"{group.needs} does not answer")
                yield Examined(group.name, _name(check), (unseen,))
            else:
                yield _run(site, group.name, check)


def _name(check: Check) -> str:
    return check.__name__.replace("_", " ")


def _run(site: Site, group: str, check: Check) -> Examined:
    findings: list[Finding] = []
    try:
        findings.extend(check(site))
    except WarraqError as why:
        findings.append(Finding(Severity.UNSEEN, str(why)))
    return Examined(group, _name(check), tuple(findings))
