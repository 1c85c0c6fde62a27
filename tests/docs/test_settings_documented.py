"""docs/operations.md and docs/message.md say what the code says: settings, defaults, reasons."""

from __future__ import annotations

import re

from config.settings import Settings
from tests.docs.pages import ROOT, prose

_ROW = re.compile(r"^\| `(WARRAQ_\w+)`(, `…_FILE`)? \|(.*?)\|.*\|$", re.MULTILINE)
OPERATIONS = prose(ROOT / "docs" / "operations.md")
ROWS = {
    name: (bool(as_file), default.strip(" `"))
    for name, as_file, default in _ROW.findall(OPERATIONS)
}
# Of config/paths.py, which reads them where it needs them.
FOLDERS = {"WARRAQ_STATE", "WARRAQ_CACHE"}


def environment_name(field: str) -> str:
    return f"WARRAQ_{field.upper()}"


def test_every_setting_is_documented_and_no_other() -> None:
    documented = set(ROWS) | {f"{name}_FILE" for name in ROWS if ROWS[name][0]}
    in_settings = {environment_name(field) for field in Settings.model_fields}
    code = (ROOT / "stack" / "options.py").read_text("utf-8")
    in_stack = {f"WARRAQ_{name}" for name in re.findall(r'given\("(\w+)"\)', code)}
    assert documented == in_settings | in_stack | FOLDERS


def test_every_default_is_the_documented_one() -> None:
    for field, described in Settings.model_fields.items():
        name = environment_name(field)
        if name not in ROWS:
            continue
        default = described.get_default(call_default_factory=True)
        assert ROWS[name][1].replace(",", "") == _as_documented(default), name


def test_every_reason_for_a_refusal_is_documented() -> None:
    code = "".join(
        file.read_text("utf-8")
        for folder in ("warraq", "tasks", "workers")
        for file in (ROOT / folder).rglob("*.py")
    )
    reasons = set(re.findall(r'Rejected\(\s*(?:"\w+"|STAGE),\s*"([a-z0-9-]+)"', code))
    message = prose(ROOT / "docs" / "message.md")
    assert reasons
    assert {reason for reason in reasons if f"`{reason}`" not in message} == set()


def _as_documented(default: object) -> str:
    if default is None or default == ():
        return ""
    if isinstance(default, bool):
        return str(default).lower()
    return f"{default:g}" if isinstance(default, float) else str(default)
