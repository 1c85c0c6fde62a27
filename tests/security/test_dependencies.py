"""What we stand on, looked at without a network: `make check` runs this.

Known weaknesses and withdrawn versions cannot be seen from here; docs/threat-model.md says how.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, metadata, requires, version

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from config.paths import checkout_folder

ROOT = checkout_folder()
LOCKS = {name: f"requirements{name}.lock" for name in ("", "-dev", "-training")}
# May stand beside the GPL, version 3 or newer, in one program.
FREE = {
    "0BSD", "Apache Software License", "Apache-2.0", "BSD License", "BSD-2-Clause", "BSD-3-Clause",
    "CC0-1.0", "CNRI-Python", "GPL", "GPL-2.0-only", "GPL-3.0", "ISC License (ISCL)",
    "LGPL-2.1-or-later", "MIT", "MIT License", "MIT-0", "MIT-CMU", "MPL-1.1", "MPL-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)", "PSF-2.0", "Python Software Foundation License", "Zlib",
}  # fmt: skip
NOT_ALONE = {"MPL-1.1", "GPL-2.0-only"}
"""Only as one of several to choose from."""


def locked(lock: str) -> dict[str, Requirement]:
    """Name → its line in the lock file, of those that are for this Python on this system."""
    lines = re.findall(
        r"^[^\s#].*?(?= \\$)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE
    )
    all_of_them = map(Requirement, lines)
    return {
        canonicalize_name(each.name): each
        for each in all_of_them
        if each.marker is None or each.marker.evaluate()
    }


def needed(roots: Iterable[str]) -> set[str]:
    """The names of all that `roots` need, by what the installed packages say themselves."""
    found: set[tuple[str, str]] = set()
    waiting = [Requirement(each) for each in roots]
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        for extra in ("", *wanted.extras):
            if (name, extra) in found:
                continue
            found.add((name, extra))
            waiting += [
                further
                for line in requires(name) or ()
                if (further := Requirement(line)).marker is None
                or further.marker.evaluate({"extra": extra})
            ]
    return {name for name, _ in found}


def named(*groups: str) -> list[str]:
    """What pyproject.toml names."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extra = project["project"]["optional-dependencies"]
    found = list(project["project"]["dependencies"])
    for group in groups:
        found += extra.get(group) or project["dependency-groups"][group]
    return found


@pytest.mark.parametrize("lock", LOCKS.values())
def test_every_package_is_pinned_to_one_version_and_its_digests(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    blocks = re.findall(r"^[^\s#][^\n]*(?:\n[ ]+--hash[^\n]*)*", text, re.MULTILINE)
    assert len(blocks) > 20
    for block in blocks:
        assert re.match(r"[a-z0-9-]+==[\w.+!-]+( ; .+)? \\\n", block), block
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), block
    for way_round_the_digests in ("://", "git+", "file:", "-e ", "--index", "--trusted"):
        assert way_round_the_digests not in "\n".join(blocks)


@pytest.mark.parametrize(
    ("lock", "groups"), [(LOCKS[""], ()), (LOCKS["-dev"], ("evaluate", "dev"))], ids=["run", "dev"]
)
def test_the_lock_holds_what_the_project_needs_and_nothing_else(
    lock: str, groups: tuple[str, ...]
) -> None:
    roots = named(*groups)
    if not groups:
        roots.append("setuptools")  # builds the image without isolation
    assert set(locked(lock)) == needed(roots)
    for root in map(Requirement, roots):
        [pin] = locked(lock)[canonicalize_name(root.name)].specifier
        assert root.specifier.contains(pin.version), root


def test_what_is_installed_is_what_is_locked() -> None:
    for name, pin in locked(LOCKS["-dev"]).items():
        try:
            assert pin.specifier.contains(version(name)), name
        except PackageNotFoundError:
            pytest.fail(f"{name} is locked and not installed: make setup")


def test_every_licence_may_stand_beside_ours() -> None:
    for name in locked(LOCKS["-dev"]).keys() - IN_OTHER_PROGRAMS:
        licence = licence_of(name)
        for part in licence.split(" AND "):
            choices = re.sub(r"^\((.+)\)$", r"\1", part).split(" OR ")
            assert (FREE - NOT_ALONE).intersection(choices), f"{name}: {licence}"


IN_OTHER_PROGRAMS = {"libfaketime"}
"""Loaded into a Redis that is under test, not into ours: any licence will do."""
READ_BY_US = {"atheris": "Apache-2.0"}
"""Of packages that name their licence in its text alone."""


def licence_of(name: str) -> str:
    """As the package says: in SPDX's words, else by its classifiers, else in its own."""
    said = metadata(name)
    classified = [
        each.rpartition(" :: ")[2]
        for each in said.get_all("Classifier") or ()
        if each.startswith("License :: ") and each != "License :: OSI Approved"
    ]
    if name in READ_BY_US:
        return READ_BY_US[name]
    return said.get("License-Expression") or " OR ".join(classified) or str(said.get("License"))
