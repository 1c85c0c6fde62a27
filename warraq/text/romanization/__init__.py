"""Arabic names in Latin letters: Haftar, Hafter and حفتر meet, and Tripoli means طرابلس.

Two words meet where they share a key (`keys`); of those that meet, `distance` says which are
spelt likest. Names for which no rule holds stand in a table (`exonyms`). `names` takes whole
names apart: al-Sarraj, Abdel Fattah, Ben Ali.
"""

from warraq.text.romanization.distance import distance
from warraq.text.romanization.exonyms import arabic_names, latin_names
from warraq.text.romanization.keys import arabic_keys, latin_keys
from warraq.text.romanization.names import (
    latin_readings,
    name_distance,
    name_keys,
    query_keys,
    words_by_key,
)

__all__ = [
    "arabic_keys",
    "arabic_names",
    "distance",
    "latin_keys",
    "latin_names",
    "latin_readings",
    "name_distance",
    "name_keys",
    "query_keys",
    "words_by_key",
]
