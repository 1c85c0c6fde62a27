"""A worker with a step that does what an article's section says: for tests, beside production.

celery -A tests.workers.poisonous worker
"""

from __future__ import annotations

import os
import re
import signal

from config.settings import load_settings
from warraq.analysis.pipeline import Pipeline, Step, steps
from warraq.document import Document
from workers.app import make_app


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def crash() -> None:
    os.abort()


def hang_in_c() -> None:
    """A regular expression that holds the interpreter for longer than the sun will shine."""
    re.match(r"(a+)+$", "a" * 64 + "b")


def hang_in_python() -> None:
    while True:
        pass


def grow() -> None:
    hoard: list[bytearray] = []
    while True:
        hoard.append(bytearray(10_000_000))


def fail() -> None:
    raise RuntimeError("a step with a fault")


DEEDS = {deed.__name__: deed for deed in (kill, crash, hang_in_c, hang_in_python, grow, fail)}


def poison(document: Document) -> None:
    section = document.article.section or ""
    if section in DEEDS:
        DEEDS[section]()
    if section == "spoil":  # what no step does, and what the index cannot be told
        document.fields["word_count"] = object()


app = make_app(load_settings(), Pipeline((*steps(), Step("poison", poison))))
