"""docs/operations.md: each check of `warraq doctor` has its entry among the alarms."""

from __future__ import annotations

import re

from tests.docs.pages import ROOT
from warraq.operations.doctor import elasticsearch, machine, redis, work

PAGE = (ROOT / "docs" / "operations.md").read_text("utf-8")
ALARMS = PAGE.partition("\n### Alarms\n")[2].partition("\n## ")[0]


def _checks() -> set[str]:
    groups = (redis.GROUP, elasticsearch.GROUP, work.GROUP, machine.GROUP)
    names = {check.__name__.replace("_", " ") for group in groups for check in group.checks}
    return names | {f"{group.name} answers" for group in groups if group.answers} | {"java"}


def test_every_check_has_an_alarm_and_every_alarm_a_check() -> None:
    first_cells = "\n".join(row.split("|")[1] for row in ALARMS.splitlines() if "|" in row)
    assert set(re.findall(r"\*([^*]+)\*", first_cells)) == _checks()
