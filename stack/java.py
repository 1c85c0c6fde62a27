"""Finding a Java that Elasticsearch 9.4 runs on: 21 or newer, with the modules of a full JDK."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from stack.accounts import Account, run_as
from stack.errors import StackError

OLDEST = 21
NEWEST_TRIED = 25
MODULES = frozenset({"jdk.jlink", "jdk.jdi"})  # Elasticsearch's entitlements ask for them by name
USUAL_PLACES = (
    "/usr/lib/jvm/*",
    "/usr/java/*",
    "/usr/local/java/*",
    "/opt/java/*",
    "/opt/jdk*",
    "/Library/Java/JavaVirtualMachines/*/Contents/Home",
    "/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home",
    "/usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home",
)
PLACES_AT_HOME = (".sdkman/candidates/java/*", ".jdks/*", "Library/Java/JavaVirtualMachines/*")


_APT = "`apt install openjdk-21-jdk-headless` (Debian 12 has none: take Eclipse Temurin 21)"
_DNF = "`dnf install java-21-openjdk-devel`"
_ZYPPER = "`zypper install java-21-openjdk-devel`"
_COMMANDS = {
    "debian": _APT,
    "ubuntu": _APT,
    "fedora": _DNF,
    "rhel": _DNF,
    "centos": _DNF,
    "suse": _ZYPPER,
    "opensuse": _ZYPPER,
    "arch": "`pacman -S jdk21-openjdk`",
    "alpine": "`apk add openjdk21-jdk`",
}


@dataclass(frozen=True, slots=True)
class Java:
    """A Java at `home` with its feature release, such as 21."""

    home: Path
    release: int
    modules: frozenset[str]

    @property
    def command(self) -> Path:
        return self.home / "bin" / "java"

    @property
    def flaw(self) -> str | None:
        """Why it does not do, or None."""
        if self.release < OLDEST:
            return f"is Java {self.release}"
        if missing := sorted(MODULES - self.modules):
            return f"is Java {self.release} without {' and '.join(missing)}"
        return None


def find_java(account: Account | None, environment: Mapping[str, str] = os.environ) -> Java:
    """The Java to use: JAVA_HOME, then `java` on PATH, then where systems keep theirs.

    `account` is the user who will run it (None: the present one), who must be able to. Of the last
    group the newest release that this Elasticsearch was tried with is taken.

    Raises:
        StackError: none does; what was looked at, and what to install.
    """
    seen: list[str] = []
    for home, origin in _chosen(environment):
        java = _examine(home, account)
        if java and not java.flaw:
            return java
        seen.append(f"{origin} {java.flaw if java else 'does not start'}")
    found = [java for home in _installed(environment) if (java := _examine(home, account))]
    fit = [java for java in found if not java.flaw]
    if fit:
        return max(fit, key=lambda java: (java.release <= NEWEST_TRIED, java.release))
    seen += [f"{java.home} {java.flaw}" for java in found]
    looked = f" (seen: {'; '.join(dict.fromkeys(seen))})" if seen else ""
    raise StackError(
        f"Elasticsearch needs a JDK of Java {OLDEST} or newer, and none was found{looked}: "
        f"{_advice()}, or set JAVA_HOME to one."
    )


def _chosen(environment: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    if given := environment.get("JAVA_HOME"):
        yield Path(given), f"JAVA_HOME={given}"
    if command := shutil.which("java", path=environment.get("PATH", "")):
        yield Path(command).resolve().parent.parent, f"{command} on PATH"


def _installed(environment: Mapping[str, str]) -> list[Path]:
    root = Path("/")
    homes = {home.resolve() for place in USUAL_PLACES for home in root.glob(place.lstrip("/"))}
    if user_home := environment.get("HOME"):
        homes |= {
            home.resolve() for place in PLACES_AT_HOME for home in Path(user_home).glob(place)
        }
    return sorted(home for home in homes if (home / "bin" / "java").exists())


def _examine(home: Path, account: Account | None) -> Java | None:
    """Ask the Java itself: its modules carry its version (`java.base@25.0.3`)."""
    try:
        answer = subprocess.run(
            [home / "bin" / "java", "--list-modules"],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            cwd="/",
            **run_as(account),
        )
    except (OSError, subprocess.SubprocessError):
        return None
    if answer.returncode != 0:
        # Java 8 knows no modules; anything else that fails is no Java for us either.
        return Java(home, 8, frozenset()) if "--list-modules" in answer.stderr else None
    lines = [line.partition("@") for line in answer.stdout.split()]
    releases = [
        match
        for name, _, version in lines
        if name == "java.base" and (match := re.match(r"\d+", version))
    ]
    if not releases:
        return None
    return Java(home, int(releases[0][0]), frozenset(name for name, _, _ in lines))


def _advice() -> str:
    """What to type on this system."""
    if platform.system() == "Darwin":
        return "`brew install openjdk@21`"
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        release = {}
    families = [release.get("ID", ""), *release.get("ID_LIKE", "").split()]
    known = (_COMMANDS[family] for family in families if family in _COMMANDS)
    return next(known, "install a JDK of Java 21, such as Eclipse Temurin")
