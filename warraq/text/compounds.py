"""Compounds that are written with and without a space: عبدالله and عبد الله, لاسيما and لا سيما.

Neither is a fault: nothing is repaired or parted in an article. The two spellings are made equal
in searches, by a character filter of the index's search analyzers that is made from the tables
here, so that it works in Kibana as well.
"""

from __future__ import annotations

import re

from warraq.text.letters import LETTERS, PART_MARK
from warraq.text.normalize import fold

_Lines = tuple[tuple[str, str], ...]

# Left parts, right parts: any left one goes with any right one of its line. Dots are letters, of
# which there may be more: after أبو (father of) three, for أبواله is "his urine".
# Joined, all are rare in another sense. What is not is left out: names after أبي (أبيها is "her
# father"), most after بن (بنصر is "by a victory"), verbs that begin with ن after لا (لإنزال, "to
# land", folds to the same). Phrases of three words are among the equivalents, other joins are for
# `warraq.text.joins` to find.
NAMES: _Lines = (
    # "Servant of" God by one of his names
    ("عبد", "ال.. ربه رب"),
    # "Father of": the city, companions of the Prophet, surnames and towns seen written so
    (
        "أبو",
        """
        ال... ظبي بكر ذر زيد علي عمر محمد أحمد حمد خالد جعفر موسى سعيد طالب طاهر صالح سليمان سليم
        إسماعيل إسحاق يوسف يعقوب داود حسن حسين حمزة حامد ماجد مازن هاني رامي شادي عادل عصام عماد
        إياد نضال عمار جهاد مصعب حفص قتادة عبيدة هريرة سفيان حنيفة أيوب منصور
        ناصر نصر سيف مسلم مالك حاتم عثمان عمران فهد متعب عيسى زكريا حيان فراس نواس تمام تريكة
        غزالة غنيمة حديد جبل عيطة شنب شقراء راس خيال سبعان ثنين دبيل عباة ماضي عريش حيد تيج قير
        سمبل صير زعبل زنيمة رديس قرقاص كبير كمال حماد سويلم شقرة شهاب صبيح غريب مرزوق ردينة
        رمان زهرة ليلى ليلة حجر حيدر غوش ديس سياف شباب شريف طير عاقلة عرب عوف عيشة فخر قمر
        """,
    ),
    ("أبي", "ظبي بكر"),
    # "Son of" in surnames of the Maghreb
    (
        "بن",
        """
        علي كيران جلون سالم عمر عيسى موسى يحيى حمزة صالح مبارك سعيد شيخة عرفة عطية
        براهيم يونس عاشور خدة بلة جديد فليس شعبون سودة هيمة شماش حدو قرين غبريط
        """,
    ),
    # "… of the faith" and "… of God", where the left part is the beginning of a first name
    (
        """
        نور عز علاء بهاء ضياء بدر خير فخر صلاح محيي محي جمال كمال شمس سيف تقي حسام عماد نصر ناصر
        نجم شهاب زين جلال تاج ركن سعد شرف مجد غياث صفي صدر قطب سراج ولي حميد رشيد معز أسد علم برهان
        """,
        "الدين",
    ),
    (
        """
        نصر جار خير سعد عطا عطاء فضل عبيد حزب رام ضيف رزق هبة جاد دخيل خلف حمد شكر مد سيف نعمة آية
        غرم فتح فرج عون
        """,
        "الله",
    ),
    ("جاد", "الرب الحق المولى"),
    # Places, and names that came in from other languages
    ("بور", "سعيد"),
    ("دير", "الزور"),
    ("حضر", "موت"),
    ("ديار", "بكر"),
    ("غازي", "عنتاب"),
    ("سري", "لانكا"),
    ("بوركينا", "فاسو"),
    ("كوستا", "ريكا"),
    ("ساو", "باولو"),
    ("كيب", "تاون"),
    ("تيك", "توك"),
    ("سناب", "شات"),
    ("يو", "تيوب"),
    ("آي", "فون"),
    ("سوبر", "ماركت"),
)
PHRASES: _Lines = (
    # "Father of" in the accusative: with ب it would be البابا, the Pope
    ("أبا", "الخيل بكر ذر زيد جعفر سفيان عبيدة قتادة هريرة"),
    # Set phrases
    ("لا بلا", "سيما بد شك بأس محالة شيء غير زال زالت زالوا زلت زلنا زلتم يزال يزالون تزال"),
    ("ما", "زال زالت زالوا زلت زلنا زلتم يزال يزالون تزال دام دامت داموا عدا"),
)

# What a word consists of, so that a compound neither begins nor ends inside one.
_INSIDE = f"0-9A-Za-z_{LETTERS}{PART_MARK}"
# What sticks to the left part: "and", and before names "by, like, for"; للابد is للأبد, "forever".
_CLITICS = {NAMES: "[وف]?[بكل]?", PHRASES: "[وف]?"}


def _folded_pattern() -> str:
    """The tables as one regular expression, in a syntax that Java reads as Python does."""

    def right(part: str) -> str:
        letters = part.rstrip(".")
        dots = len(part) - len(letters)
        return letters + (f"[\u0621-\u064a]{{{dots}}}" if dots else f"(?![{_INSIDE}])")

    def one_of(lefts: str, rights: str) -> str:
        return f"(?:{'|'.join(lefts.split())})(?= ?(?:{'|'.join(map(right, rights.split()))}))"

    tables = "|".join(
        f"{clitics}(?:{'|'.join(one_of(fold(lefts), fold(rights)) for lefts, rights in table)})"
        for table, clitics in _CLITICS.items()
    )
    # The right part is taken, so that it begins no other compound: else of three words in a row the
    # last two are never asked for as one, which an article may have of them.
    return f"((?<![{_INSIDE}])(?:{tables})) ?([\u0621-\u064a]+)"


FOLDED_PATTERN = _folded_pattern()
"""In folded text: a compound, group 1 its left part with what sticks to it, group 2 the right."""
_COMPOUND = re.compile(FOLDED_PATTERN)


def is_compound(left: str, right: str) -> bool:
    """Whether two words, one after the other, are a compound."""
    return _COMPOUND.fullmatch(fold(f"{left} {right}")) is not None


def joined_compounds(folded: str) -> str:
    """A folded text with its compounds in their joined spelling, as names are indexed."""
    return _COMPOUND.sub(r"\1\2", folded)
