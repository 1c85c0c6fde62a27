"""`python -m demo [ARTICLES]`: the commands a newcomer would type, one after the other.

Needs no terminal and no answer; leaves servers and workers running, so that one can go on.
"""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from config.settings import load_settings
from warraq.inbox.stream import Inbox
from warraq.sources.opening import Meter, opened

OWN = Path(__file__).parent / "articles.jsonl"
# What other collections call the fields of the contract.
OTHER_NAMES = {"body": ("content", "text"), "published_at": ("date_extracted", "date")}
# A joined word, a phrase, and a name in any spelling; then what other collections may hold.
OWN_SEARCHES = ("طرابلس", '"سوق العطارين"', "إيناس الاغا")
OTHER_SEARCHES = ("طرابلس", '"مجلس الوزراء"', "أسعار النفط")
STALLED_SECONDS = 180

console = Console(highlight=False)


def main(articles: Path) -> int:
    """Runs the demonstration on `articles`; returns the exit code."""
    if not run("up", "--workers", "2"):
        return 1
    # Refused lines are told in enqueue's own summary; the rest of the file goes on.
    run("enqueue", str(articles), *mapping(articles), quiet_failure=True)
    if not wait_until_empty():
        return 1
    searches = OWN_SEARCHES if articles.samefile(OWN) else OTHER_SEARCHES
    found = [run("search", words, "--size", "3") for words in searches]
    run("status")
    console.print(
        "\nServers and workers go on running. Try next:\n"
        "  . .venv/bin/activate\n"
        "  warraq search 'طرابلس'          search on\n"
        "  warraq enqueue FILE…            send articles of your own\n"
        "  warraq where SOURCE ID          what became of one article\n"
        "  warraq env                      addresses, for curl, redis-cli and Kibana\n"
        "  warraq down                     stop; `make clean` removes all of it",
        markup=False,
    )
    return 0 if all(found) else 1


def run(*arguments: str, quiet_failure: bool = False) -> bool:
    """Shows and runs one command of `warraq`; returns whether it went well."""
    console.print(f"\n$ warraq {shlex.join(arguments)}", style="bold", markup=False)
    ended = subprocess.run([Path(sys.executable).with_name("warraq"), *arguments], check=False)
    return quiet_failure or ended.returncode == 0


def mapping(articles: Path) -> list[str]:
    """The `--map` that a file of JSON Lines needs, told by its first line."""
    if ".jsonl" not in articles.name:
        return []
    with opened(str(articles), Meter()) as lines:
        columns = json.loads(next(iter(lines))).keys()
    pairs = [
        f"{field}={name}"
        for field, names in OTHER_NAMES.items()
        for name in names
        if name in columns and field not in columns
    ]
    return ["--map", ",".join(pairs)] if pairs else []


def wait_until_empty() -> bool:
    """Waits until every article has ended; gives up when nothing moves any more."""
    settings = load_settings()
    inbox = Inbox.connect(settings.redis_login, ca=settings.redis_ca)
    counts = inbox.counts()
    total = left = counts.waiting + counts.in_hand
    moved = time.monotonic()
    columns = (TextColumn("  indexing"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("indexing", total=total)
        while left:
            time.sleep(0.2)
            counts = inbox.counts()
            now_left = counts.waiting + counts.in_hand
            if now_left != left:
                left, moved = now_left, time.monotonic()
                progress.update(task, completed=total - left)
            elif time.monotonic() - moved > STALLED_SECONDS:
                console.print(
                    f"{left} articles do not move; see `warraq status` and `warraq logs`."
                )
                return False
    return True


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else OWN))
