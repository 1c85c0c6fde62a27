"""`warraq doctor`: what is wrong, and what to do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from config.celery import MAINTAIN_EVERY_SECONDS
from config.settings import Settings, load_settings
from stack import Stack, StackError
from stack.accounts import server_account
from stack.java import NEWEST_TRIED, find_java
from warraq.cli.beginning import or_exit
from warraq.cli.opening import open_inbox
from warraq.cli.opening_index import layout, open_index
from warraq.cli.stack import this_stack
from warraq.index.access import SEARCH, WORKER
from warraq.operations.doctor import elasticsearch, machine, redis, work
from warraq.operations.doctor.findings import (
    Examined,
    Finding,
    Group,
    Severity,
    Site,
    error,
    examine,
    note,
)

_MARKS = {
    Severity.ERROR: "error  ",
    Severity.WARNING: "warning",
    Severity.UNSEEN: "unseen ",
    Severity.NOTE: "note   ",
}


def doctor(
    *, as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False
) -> None:
    """Look for what is wrong with servers, workers, index and this machine, and say what to do.

    Nothing is changed. With the administrator's password it sees more; what it may not see, it
    says. Exit code: 0 nothing wrong, 1 warnings, 2 errors, or settings with which it cannot look.
    """
    with or_exit(2):
        stack = this_stack()
        groups = (redis.GROUP, elasticsearch.GROUP, work.GROUP, machine.GROUP, _java_group(stack))
        with examined_site(load_settings()) as site:
            examined = list(examine(site, groups))
    if as_json:
        typer.echo(json.dumps(_as_report(examined), ensure_ascii=False, indent=2))
    else:
        _show(examined)
    raise typer.Exit(_exit_code(examined))


@contextmanager
def examined_site(settings: Settings) -> Iterator[Site]:
    """What there is to look at, by the settings."""
    stack = this_stack()
    with open_index(settings) as index:
        yield Site(
            inbox=open_inbox(settings),
            index=index,
            layout=layout(settings),
            keys={
                WORKER.name: settings.elasticsearch_worker_key,
                SEARCH.name: settings.elasticsearch_search_key,
            },
            secret_files=tuple(sorted(_secret_files(settings, stack))),
            addresses=(settings.redis_url, settings.elasticsearch_url),
            processes=tuple(one.pid for one in stack.processes() if one.alive),
            lease_seconds=settings.lease_seconds,
            maintain_seconds=MAINTAIN_EVERY_SECONDS,
        )


def _secret_files(settings: Settings, stack: Stack) -> set[Path]:
    given = {
        value
        for name in type(settings).model_fields
        if name.endswith("_file") and isinstance(value := getattr(settings, name), Path)
    }
    return given | {stack.env_file} | set(stack.secrets.glob("*"))


def _java_group(stack: Stack) -> Group:
    def java(_: Site) -> Iterator[Finding]:
        if "WARRAQ_ELASTICSEARCH_URL" not in stack.settings():
            return  # Elasticsearch is not started here
        try:
            found = find_java(server_account(stack.options.user))
        except StackError as why:
            yield error(str(why), "without it `warraq up` cannot start Elasticsearch again")
            return
        if found.release > NEWEST_TRIED:
            yield note(f"Java {found.release} at {found.home} is newer than any that was tried")

    return Group("machine", None, (java,))


def _show(examined: list[Examined]) -> None:
    fine = 0
    for one in examined:
        fine += not one.findings
        for finding in one.findings:
            typer.echo(f"{_MARKS[finding.severity]}  {one.group}, {one.check}: {finding.what}")
            if finding.remedy:
                typer.echo(f"         → {finding.remedy}")
    typer.echo(f"{len(examined)} checks, {fine} of them find nothing to say")


def _as_report(examined: list[Examined]) -> dict[str, Any]:
    return {
        "exit_code": _exit_code(examined),
        "checks": [
            {
                "group": one.group,
                "check": one.check,
                "findings": [
                    asdict(finding) | {"severity": finding.severity.value}
                    for finding in one.findings
                ],
            }
            for one in examined
        ],
    }


def _exit_code(examined: list[Examined]) -> int:
    return max(
        (finding.severity.exit_code for one in examined for finding in one.findings), default=0
    )
