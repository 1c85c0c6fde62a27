"""Opening the inbox as the settings say."""

from __future__ import annotations

from config.settings import Settings
from warraq.inbox.stream import Inbox


def open_inbox(settings: Settings) -> Inbox:
    """The inbox on the Redis of `settings`; connects on first use."""
    return Inbox.connect(settings.redis_login, ca=settings.redis_ca)
