"""Texts that no editor wrote: characters that hide, floods, misread letters, look-alikes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from tests.bad_inputs.bad_input import BadInput, taken

_NEWS = "قال السكان إن المياه مقطوعة عن طرابلس منذ يومين."

ODD_CHARACTERS = {
    "NUL": "\x00", "U+0001": "\x01", "bell": "\x07", "backspace": "\x08", "vertical tab": "\x0b",
    "form feed": "\x0c", "escape": "\x1b", "unit separator": "\x1f", "delete": "\x7f",
    "U+0080": "\x80",
    "next line": "\x85", "a C1 control": "\x9f", "no-break space": "\xa0", "soft hyphen": "\xad",
    "combining acute": "\u0301", "grapheme joiner": "\u034f", "a lone fathatan": "\u064b",
    "Arabic letter mark": "\u061c", "Arabic number sign": "\u0600", "end of ayah": "\u06dd",
    "superscript alef": "\u0670", "tatweel": "\u0640", "Mongolian separator": "\u180e",
    "zero-width space": "\u200b", "zero-width non-joiner": "\u200c", "zero-width joiner": "\u200d",
    "left-to-right mark": "\u200e", "right-to-left mark": "\u200f", "line separator": "\u2028",
    "paragraph separator": "\u2029", "embedding": "\u202a", "override": "\u202e", "pop": "\u202c",
    "word joiner": "\u2060", "invisible separator": "\u2063", "isolate": "\u2066",
    "end of isolate": "\u2069",
    "deprecated shaping": "\u206d", "ideographic space": "\u3000", "Hangul filler": "\u3164",
    "half a pair, high": "\ud800", "half a pair, low": "\udfff",
    "pair in the wrong order": "\udc00\ud800",
    "private use": "\ue000", "private use, plane 16": "\U0010fffd", "noncharacter U+FDD0": "\ufdd0",
    "noncharacter U+FFFE": "\ufffe", "noncharacter U+FFFF": "\uffff",
    "the last code point": "\U0010ffff",
    "byte order mark": "\ufeff", "annotation": "\ufff9", "object replacement": "\ufffc",
    "replacement": "\ufffd",
    "variation selector": "\ufe0f", "variation selector 256": "\U000e01ef", "a tag": "\U000e0041",
    "unassigned": "\u0378", "unassigned, plane 14": "\U000e0fff",
    "a ligature of 18 letters": "\ufdfa",
    "Egyptian joiner": "\U00013430", "musical control": "\U0001d173",
    "emoji family": "👨\u200d👩\u200d👧",
    "flag": "\U0001f1f1\U0001f1fe", "half a flag": "\U0001f1f1", "keycap": "7\ufe0f\u20e3",
}  # fmt: skip

FLOODED = 10_000
_HUGE = 490_000
FLOODS = {
    "one letter": "س", "wa": "و", "al": "ال", "joined words": "وقالالمهندس", "abdullah": "عبدالله",
    "line ends": "\n", "words and line ends": "خبر\n", "carriage returns": "خبر\r",
    "line separators": "خبر\u2029",
    "spaces": " ", "tabs": "\t", "no-break spaces": "\u00a0", "zero-width spaces": "\u200b",
    "hidden in words": "س\u200b",
    "non-joiners": "\u200c", "joiners": "\u200d", "marks of direction": "\u200f\u200e",
    "overrides": "\u202e\u202d",
    "isolates": "\u2066", "diacritics": "\u064b", "letters with shadda": "سَّ",
    "combining marks": "\u0301",
    "letters and marks": "a\u0301", "tatweel": "ـ", "points": ".", "ellipses": "…", "commas": "،",
    "commas in words": "ال،", "colons": "س:", "quotes": '"', "quoted words": '"خبر" ',
    "opened quotes": "«",
    "closed quotes": "»", "brackets": "(", "nested quotes": "«\"'", "said": "قال ",
    "said something": "قال: «لا» ",
    "digits": "1", "Arabic digits": "٣", "numbers": "12 ", "numbers with points": "1.",
    "long numbers": "١٢٣٬٤٥٦٫٧ مليون ",
    "number words": "خمسة وعشرون ", "millions": "مليون ", "glued numbers": "1س",
    "percents": "%", "dates": "1/1/2018-",
    "fractions": "1/", "months": "يناير ", "weekdays": "الأحد ",
    "written dates": "1 محرم 1439هـ ", "names": "محمد ",
    "slaves of": "عبد ", "datelines": "القاهرة - ", "read also": "اقرأ أيضا: خبر\n",
    "share": "شارك هذا الخبر\n",
    "entities": "&quot;", "ampersands": "&amp;", "hidden entities": "&#8203;",
    "misread as 1256": "ط§ظ„",
    "misread as Latin": "Ø§Ù„", "presentation forms": "ﻃﺮﺍﺑﻠﺲ ", "ligatures": "\ufdfa",
    "Persian letters": "کیە",
    "emoji": "😀", "families": "👨\u200d👩\u200d👧", "flags": "\U0001f1f1\U0001f1fe",
    "Latin letters": "a", "words": "word ",
    "Chinese": "中文", "addresses": "http://a.b/c ", "mail": "a@", "hashes": "#خبر_",
    "dashes": "-", "underscores": "_",
    "private use": "\ue000", "noncharacters": "\ufffe", "replacement": "\ufffd",
    "backslashes": "\\", "escapes": "\\u0000",
    "code points beyond": "𐎠", "double marks": "\u034f\u0301", "question marks": "؟!",
    "equal signs": "=",
}  # fmt: skip

_MISREAD = ("utf-8", "cp1256", "latin-1", "cp1252", "iso-8859-6", "mac-arabic", "cp720", "utf-7")
_LOOK_ALIKES = {
    "Cyrillic in Latin": "Теѕt of Wаѕhіngtоn", "Persian in Arabic": "کتاب یومی",
    "Urdu in Arabic": "ہندوستان ے",
    "Kurdish": "ڕۆژنامە", "Uyghur": "ئۇيغۇر", "Pashto": "ښار ځمکه", "alef wasla": "ٱلرحمن",
    "dotless": "ٯٮں",
    "Maghrebi": "ڢاس ڧال", "mathematical Arabic": "𞸀𞸁𞸂", "mathematical Latin": "𝓦𝓪𝓻",
    "full width": "ＷＡＲ２０１８",
    "circled": "Ⓦⓐⓡ", "superscripts": "x²³", "Roman numerals": "Ⅷ", "upside down": "ʍɐɹ",
    "small capitals": "ᴡᴀʀ",
    "Greek in Latin": "Αthens", "Hebrew": "שלום", "Syriac": "ܫܠܡܐ", "N'Ko": "ߒߞߏ",
    "Thaana": "ދިވެހި", "Thai": "ภาษาไทย",
    "Devanagari": "हिन्दी", "Tibetan": "བོད", "Hangul": "한국어", "Hangul letters": "ㅎㅏㄴ",
    "Japanese": "日本語カナ",
    "a word of five scripts": "aаα中ب", "Arabic and Latin in a word": "الwarالحرب",
    "digits of all kinds": "1١۱१１𝟏",
    "decomposed hamza": "ا\u0654حمد", "decomposed Latin": "e\u0301te\u0301",
    "composed twice": "é\u0301", "Zalgo": "خ" + "\u0655\u0654\u0300\u0316" * 40,
    "Turkish dotted I": "İstanbul ıI", "sharp s": "STRAẞE ß", "long s": "ſ",
    "Kelvin sign": "\u212a", "ligature fi": "ﬁle",
    "Quranic marks": "بِسْمِ ٱللَّهِ ۖ ۗ ۚ", "Arabic ornaments": "﴾خبر﴿",
    "Arabic symbols": "﷽ ﷼ ؋ ؏", "phone keyboard": "5abar 3ajel",
}  # fmt: skip


def inputs() -> Iterator[BadInput]:
    for name, character in ODD_CHARACTERS.items():
        middle = len(_NEWS) // 2
        inside = _NEWS[:middle] + character + _NEWS[middle:]
        yield taken("odd characters in a body", name, body=inside)
        yield taken(
            "odd characters in a title", name, title=f"{character}خبر{character} عاجل{character}"
        )
        yield taken("odd characters in names", name, extra={"a": f"b{character}"},
                    **_names_with(character))  # fmt: skip
    for name, unit in FLOODS.items():
        for length, huge in ((FLOODED, False), (_HUGE, True)):
            flood = unit * (length // len(unit))
            yield _huge(
                taken("floods", f"{length:,} of {name}", body=f"خبر {flood} خبر"), huge=huge
            )
        yield taken("floods in titles", f"2,000 of {name}", title=f"خبر{unit * 600}"[:2_000])
    yield from _misread()
    for name, text in _LOOK_ALIKES.items():
        yield taken("look-alikes and scripts", name, title=text, body=f"{_NEWS} {text}. {text}")
    for kind, text, becomes in (
        ("repaired", "الجـــيش", "الجيش"),
        ("repaired", "طرا\u200bبلس", "طرابلس"),
        ("repaired", "ﻃﺮﺍﺑﻠﺲ", "طرابلس"),
        ("repaired", "الجيش &quot;الليبي&quot;", 'الجيش "الليبي"'),
        ("repaired", "\u202eالجيش\u202c الليبي", "الجيش الليبي"),
        ("repaired", "الجيش\x00 الليبي", "الجيش الليبي"),
        ("repaired", "الجيش \ud800", "الجيش \ufffd"),
        ("repaired", "رااااائع", "رائع"),
        ("repaired", "مکتبة", "مكتبة"),
    ):
        yield taken(kind, repr(text), becomes=becomes, title=text)


def _names_with(character: str) -> dict[str, object]:
    """The one-line fields with `character`, but where the contract refuses it."""
    is_control = any(ord(one) < 0x20 or ord(one) == 0x7F for one in character)
    lines = {"author": f"كاتب{character}", "section": f"قسم {character}قسم"}
    return lines if is_control else {**lines, "tags": [f"وسم{character}"]}


def _misread() -> Iterator[BadInput]:
    for written, read in permutations(_MISREAD, 2):
        text = _NEWS.encode(written, "replace").decode(read, "replace")
        if text != _NEWS and any(map(str.isalnum, text)):
            yield taken("misread texts", f"{written} as {read}", title="", body=text)
    twice = _NEWS.encode().decode("latin-1").encode().decode("latin-1")
    yield taken("misread texts", "twice", body=twice)
    yield taken(
        "misread texts", "half of it", body=f"{_NEWS} {_NEWS.encode().decode('cp1256', 'replace')}"
    )
    yield taken("misread texts", "question marks", body="? ????? ???? ??????")
    yield taken("misread texts", "escapes", body="\\u062e\\u0628\\u0631 عاجل")
    yield taken("misread texts", "quoted-printable", body="=D8=AE=D8=A8=D8=B1 عاجل")
    yield taken("misread texts", "percent", body="%D8%AE%D8%A8%D8%B1 عاجل")


def _huge(one: BadInput, *, huge: bool) -> BadInput:
    return one if not huge else BadInput(one.kind, one.name, one.raw, one.outcome, huge=True)
