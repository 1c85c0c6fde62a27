"""What was said before its verb, without marks: …، حسب ما أكد المتحدث (…, as the speaker said)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from warraq.analysis.quotations.leads import Lead
from warraq.analysis.quotations.reading import COMMAS, Reading
from warraq.analysis.quotations.sources import source_at
from warraq.analysis.quotations.spans import Said, stripped
from warraq.analysis.quotations.speakers import Speakers
from warraq.analysis.quotations.words import SOURCES

_LEAST_WORDS = 4
_LONGEST = 500  # characters
_FARTHEST = 30  # tokens from the verb to the end of the sentence


def reported_before(reading: Reading, said: Sequence[Said], speakers: Speakers) -> Iterator[Said]:
    """Sentences that end with whom they come from. said: in order; they hold nothing of it."""
    others = iter(said)
    other = next(others, None)
    behind = 0
    for token, key in enumerate(reading.keys):
        if key not in SOURCES or not COMMAS & set(reading.gap(token)):
            continue
        source = source_at(reading, token)
        if source is None or source.verb is None:
            continue
        start = reading.starts[reading.sentence_start(token)]
        end = reading.sentence_end(token)
        while other is not None and other.end <= start:
            other = next(others, None)
        if start < behind or (other is not None and other.start < end):
            continue
        lead = Lead(*source.verb, reading.token_at(end), None)
        clause_end = reading.tokens[token - 1].end
        if lead.limit - lead.at > _FARTHEST or not _LONGEST >= clause_end - start > 0:
            continue
        if reading.words(start, clause_end) < _LEAST_WORDS:
            continue
        speaker = speakers.subject(lead)
        found = stripped(reading, start, clause_end, lead, direct=False)
        if speaker and found is not None:
            behind = end
            yield found._replace(speaker=speaker)
