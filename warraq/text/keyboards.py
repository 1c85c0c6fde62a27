"""Letters of Persian, Urdu and Kurdish keyboards in Arabic words: الخارجیة → الخارجية (foreign).

They look the same or nearly so, and hide the word from a dictionary. Persian, Urdu and Kurdish text
keeps them, also where it is quoted: a text is looked at in pieces between brackets, quotation marks
and line ends, and a piece is written anew only where its words show that it is Arabic. گ پ چ ڤ ژ
stand for sounds that Arabic has no letter for (ڤيتو, a veto), so they stay; search folds them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from warraq.text.edits import Edit
from warraq.text.letters import LETTERS, MARKS_CLASS

# What an Arabic keyboard has in their place. Yeh depends on where it stands, see `_yeh`.
_LETTERS = {"ک": "ك", "ڪ": "ك", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۃ": "ة"}
_FARSI_YEH = "ی"
_FOREIGN = frozenset((_FARSI_YEH, *_LETTERS))
_TABLE = str.maketrans(_LETTERS)

_WORD = re.compile(f"[{LETTERS}\u06fa-\u06ff{MARKS_CLASS}\u200c]+")
_PIECE = re.compile(r"[^\n()\[\]{}«»\"“”:؛]+")
_TO_BE_READ = re.compile(f"[{''.join(sorted(_FOREIGN))}]")
_YEH_INSIDE = re.compile(f"ی(?=[{MARKS_CLASS}]*[{LETTERS}])")
_MARK = re.compile(f"[{MARKS_CLASS}]+")
_QUOTED = re.compile("[پچژگ\u200c]")  # in a word of the neighbours, or in a name taken from them

# The article and the letters before it, feminine endings and hamza seats, and words that only
# Arabic has: at least one of them is in half of its words, and in few of its neighbours'.
_ARABIC = re.compile(
    r"[وف]?[بك]?ال\w{2,}|[وف]?لل\w{2,}|\w*[أإة]\w*|[وف]?(?:في|عن|هذا|هذه|ذلك|كانت|كان|لم|لن|ثم|حيث|"
    r"عند|منذ|التي|الذي|لدى|حتى|كما|هو|هي|مع|قال|عام)"
)
_CERTAINLY_ARABIC = re.compile("[إة]")
# Letters of the neighbours, their joiner, and their commonest words.
_NEIGHBOUR = re.compile(
    r"\w*[پچژگٹڈڑںےۓڕڵێۆېۍټډړږښڼڭۇۈ\u200c]\w*|است|بود|شد|شده|را|که|از|این|آن|به|در|با|برای|می|های|"
    r"یک|خود|هم|تا|ایران|کے|کی|کا|ہے|ہو|\w*ہی?|ہیں|میں|اور|سے|کو|نے|پر|یہ|وہ|اس|لە|بە|کە|ئەو|ئەم"
)
# Without these, words that an Arabic text quotes from its neighbours count too little.
_LEAST_SHARE_OF_ARABIC = 1 / 4
_ARABIC_TO_ONE_NEIGHBOUR = 3

# Words that end in alef maksura, the commonest of Arabic Wikipedia in 2017 (CC BY-SA 4.0); any
# other final yeh gets its dots. So 95 of 100 final yehs there are read as they were written.
_ALEF_MAKSURA = re.compile(
    "(?:[وف]?(?:[بك]?ال|لل)|[وف]?[بلك]|[وف])?(?:"
    "على|إلى|الى|حتى|متى|لدى|سوى|مدى|شتى|أخرى|اخرى|أولى|اولى|إحدى|احدى|أعلى|أدنى|أقصى|أقوى|"
    "أغنى|أرقى|أغلى|أعمى|كبرى|صغرى|عظمى|وسطى|قصوى|يسرى|يمنى|فصحى|حسنى|مثنى|أنثى|ذكرى|جدوى|"
    "دعوى|فتوى|شكوى|عدوى|تقوى|حلوى|فوضى|شورى|قوى|قرى|مرضى|قتلى|موتى|جرحى|أسرى|نصارى|قدامى|"
    "فتاوى|دعاوى|مستوى|محتوى|معنى|مبنى|مرمى|مجرى|منفى|مسمى|مغزى|مأوى|مقهى|ملتقى|منتدى|"
    "مستشفى|مشفى|مقتضى|موسيقى|موسى|عيسى|مصطفى|يحيى|مرتضى|ليلى|هدى|منى|سلمى|كسرى|نينوى|ديالى|"
    "جمادى|أضحى|فتى|أذى|صدى|هوى|ندى|حصى|حمى|يسمى|تسمى|يدعى|تدعى|يبقى|تبقى|يرى|ترى|نرى|أرى|"
    "يسعى|تسعى|يحظى|تحظى|يخشى|ينسى|يلقى|يتلقى|تتلقى|يتولى|تتولى|أدى|رأى|جرى|قضى|مضى|أمضى|"
    "أنهى|انتهى|التقى|تلقى|ألقى|تولى|استولى|أجرى|أعطى|أوصى|أبدى|عانى|لاقى|سعى|بنى|صلى|تعالى|"
    "اشترى|استدعى|احتوى|اعتلى|تخلى|تصدى|ادعى|روى|غنى|اختفى|ارتقى|ألغى|أدلى|أثنى|ارتدى|اكتفى|"
    "أبقى|نهى|بكى|مشى"
    ")"
)
_SHADDA, _DAGGER_ALEF = "\u0651", "\u0670"


def keyboard_letters(text: str) -> Iterator[Edit]:
    """Edits that write Arabic words with Arabic letters; all else stays as it is."""
    if not any(letter in text for letter in _FOREIGN):
        return
    for piece in _PIECE.finditer(text):
        if _TO_BE_READ.search(text, *piece.span()):
            yield from _in_piece(text, piece.start(), piece.end())


def _in_piece(text: str, start: int, end: int) -> Iterator[Edit]:
    words = list(_WORD.finditer(text, start, end))
    arabic = neighbours = 0
    for word in words:
        plain = _MARK.sub("", word.group())
        if _NEIGHBOUR.fullmatch(plain):
            neighbours += 1
        elif _ARABIC.fullmatch(_spelt(plain)):
            arabic += 1
    if arabic < max(neighbours * _ARABIC_TO_ONE_NEIGHBOUR, len(words) * _LEAST_SHARE_OF_ARABIC):
        return
    for word in words:
        found = word.group()
        if _FOREIGN.isdisjoint(found) or _QUOTED.search(found):
            continue
        if arabic > 1 or _CERTAINLY_ARABIC.search(found):
            yield Edit(
                "foreign-letter", *word.span(), found, _spelt(found),
                confidence=0.99, reason="letters of another keyboard in an Arabic word",
            )  # fmt: skip


def _spelt(word: str) -> str:
    """`word` as an Arabic keyboard writes it."""
    word = _YEH_INSIDE.sub("ي", word.translate(_TABLE))
    if _FARSI_YEH not in word:
        return word
    plain = _MARK.sub("", word).replace(_FARSI_YEH, "ى")
    maksura = _ALEF_MAKSURA.fullmatch(plain) and _SHADDA not in word[-2:]
    return word.replace(_FARSI_YEH, "ى" if maksura or _DAGGER_ALEF in word else "ي")
