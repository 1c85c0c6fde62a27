"""The intake contract as the settings bound it, so that commands refuse what workers refuse."""

from __future__ import annotations

from config.settings import Settings
from warraq.article import Contract


def contract_of(settings: Settings) -> Contract:
    """Limits of payloads and bodies, and the time zones of dates that name none."""
    return Contract(
        payload_bytes=settings.payload_bytes,
        body_characters=settings.body_characters,
        timezone=settings.zone,
        source_timezones=settings.source_zones,
    )
