"""The two ways in which an article's delivery can fail, told apart once and for all.

Whoever raises decides: `Rejected` is the article's own fault and trying again changes nothing;
`Unavailable` is the world's fault and the article waits, unacknowledged, until the world is back.
"""

from __future__ import annotations


class WarraqError(Exception):
    """An error that is told to people in one plain line, without a traceback."""


class Rejected(WarraqError):
    """The article can never be indexed as it is: it goes to the dead letters.

    stage: where it was refused: "parse", "text", "index", "delivery" or "celery".
    reason: a short slug to count and filter by, such as "not-json" or "invalid-field".
    detail: one sentence for people, naming the field at fault.
    identity: source and the article's own id, as far as they can be read; "" where not.
    """

    def __init__(
        self, stage: str, reason: str, detail: str, identity: tuple[str, str] = ("", "")
    ) -> None:
        super().__init__(f"{reason}: {detail}")
        self.identity = identity
        self.stage = stage
        self.reason = reason
        self.detail = detail

    def __reduce__(self) -> tuple[type[Rejected], tuple[str, str, str, tuple[str, str]]]:
        return (type(self), (self.stage, self.reason, self.detail, self.identity))


class Unavailable(WarraqError):
    """A server does not take the work just now: nothing is acknowledged, nothing is lost."""


class Overloaded(Unavailable):
    """The server is there and does not keep up: it says so, or does not answer in time."""


class NoRoom(Unavailable):
    """The inbox takes no articles until workers have made room: to be sent again, later."""


class UnknownStep(WarraqError, ValueError):
    """A step was to be switched off that is none; the message names those that there are."""


class NeededStep(WarraqError, ValueError):
    """A step was to be switched off that others need; the message names these."""
