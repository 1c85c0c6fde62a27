"""Landforms that are described, not named: بحر هائج (a rough sea), جبل مرتفع (a high mountain)."""

from __future__ import annotations

from warraq.analysis.morphology import readings
from warraq.text.normalize import fold

# Not وادي, which stands before names alone; "a valley" is واد.
_LANDFORMS = frozenset(
    fold("بحر نهر جبل واد شاطئ خليج جزيرة بحيرة صحراء غابة سهل ساحل مضيق هضبة").split()
)
_NAMED = frozenset({fold("جبل عامل"), fold("جبل سلمى")})
"""In Lebanon and near Hail: their second words can be read as adjectives."""
_COLOURS = "أ"
"""What begins with it, colours and elatives, is in names without the article too: تل أبيض."""


def is_described(place: str) -> bool:
    """Whether `place` is a landform and a mere adjective, both without the article."""
    landform, _, adjective = place.partition(" ")
    return fold(landform) in _LANDFORMS and _is_adjective(adjective) and fold(place) not in _NAMED


def _is_adjective(word: str) -> bool:
    """Whether it is one as it stands. Of words that are people's names too (محسن) none is."""
    found = readings(word)
    if not found or found[0].part != "adj" or word.startswith(_COLOURS):
        return False
    lemma = fold(found[0].lemma)
    forms = {lemma, lemma + fold("ة"), lemma.removesuffix("ي") + fold("ية")}
    return fold(word) in forms and all(one.part != "name" for one in found)
