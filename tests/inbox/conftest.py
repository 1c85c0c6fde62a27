"""An empty inbox on the real Redis of the test run."""

from __future__ import annotations

import pytest

from config.settings import Settings
from tests.emptied import emptied
from warraq.inbox.stream import Inbox


@pytest.fixture
def inbox(settings: Settings) -> Inbox:
    return emptied(Inbox.connect(settings.redis_login))
