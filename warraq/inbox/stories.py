"""Which articles are one story: signatures kept in Redis, so that all workers group together.

A story is named by the document id of the first article of it. How stories are found, kept and
forgotten, and why two copies that come at the same time end in one, is in
`lua/group_stories.lua`; what a signature is, in `warraq.analysis.duplicates`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable

import redis

from warraq.analysis.duplicates import BAND_BYTES, BANDS, DIGEST_BYTES, MOST_HASHES, NEEDED_SHARE
from warraq.document import Document
from warraq.inbox import keys
from warraq.inbox.connection import redis_errors
from warraq.inbox.scripts import script
from warraq.inbox.stream import Inbox

MOST_STORIES = 100_000
"""In each of the two generations: both together take about 110 MB."""
GENERATION_SECONDS = 7 * 86_400
"""A copy finds its story for at least so long after the story began, unless there are more than
`MOST_STORIES` meanwhile, and for twice as long at most."""

_log = logging.getLogger(__name__)

_SHARE = 128  # entries of a shard, of `_ENTRIES` a story; Redis packs hashes of up to 512
_ENTRIES = BANDS + 2
_BANDS_BYTES = BANDS * BAND_BYTES


class Stories:
    """The stories of late. Methods raise Unavailable, as those of `Inbox` do.

    most: stories in a generation. seconds: until the next one begins.
    """

    def __init__(
        self, inbox: Inbox, most: int = MOST_STORIES, seconds: int = GENERATION_SECONDS
    ) -> None:
        self._client = inbox.client
        shards = min(1 << 16, 1 << max(0, most * _ENTRIES // _SHARE - 1).bit_length())
        self._bounds = (most, seconds, shards, MOST_HASHES, *NEEDED_SHARE)
        self._group = self._client.register_script(script("group_stories"))

    def group(self, documents: Iterable[Document]) -> None:
        """Sets the field `story_id` of those of `documents` that have a signature.

        One round trip. An article that is known, by its id, keeps its story, whatever became of
        its text. Where Redis is full, articles stay alone: they are the way to empty it.
        """
        batch = [document for document in documents if document.signature]
        if not batch:
            return
        arguments: list[bytes | int | float] = [*self._bounds]
        for document in batch:
            arguments += _arguments(document)
        with redis_errors():
            try:
                ids = self._group(keys=[keys.STORIES], args=arguments)
            except redis.ResponseError as error:
                if not isinstance(error, redis.OutOfMemoryError) and "OOM" not in str(error):
                    raise
                _log.warning("Redis is full: %d articles are left without story", len(batch))
                return
        for document, story in zip(batch, ids, strict=True):
            document.fields["story_id"] = story.hex()


def _arguments(document: Document) -> tuple[bytes, bytes, bytes, bytes, bytes]:
    """As the script takes them: id, article's key, digest's key, bands and content words."""
    article = bytes.fromhex(document.id)
    digest, sketch = document.signature[:DIGEST_BYTES], document.signature[DIGEST_BYTES:]
    return article, article[:10], digest[:9], sketch[:_BANDS_BYTES], sketch[_BANDS_BYTES:]
