"""Glued punctuation: what is set apart, and what never is. The tables are the specification."""

from __future__ import annotations

import pytest

from warraq.text.edits import EditedText
from warraq.text.glue import glued_punctuation

PARTED = {
    # Full stops, which otherwise make one word of two
    "sentences": ("في العاصمة.وقال", "في العاصمة. وقال"),
    "a short last word": ("قدم له.وقال", "قدم له. وقال"),
    "a short first word": ("مهترئة.كن صغيرات", "مهترئة. كن صغيرات"),
    "and, apart": ("كرة القدم.و ذلك", "كرة القدم. و ذلك"),
    "and, on a figure": ("كرة القدم.و15 هدفاً", "كرة القدم. و15 هدفاً"),
    "a word that is also a letter": ("جاء إلى مصر.في عام 2013", "جاء إلى مصر. في عام 2013"),
    "a year ends the sentence": ("منذ عام 1975.كانت", "منذ عام 1975. كانت"),
    "a bracket ends the sentence": ("(جنوب الطائف).وفي حائل", "(جنوب الطائف). وفي حائل"),
    "a quote ends the sentence": ("«لن نغلق».وأضاف", "«لن نغلق». وأضاف"),
    "an abbreviation ends it": ("بلغ 5 كم.ويقل", "بلغ 5 كم. ويقل"),
    "an item of a list": ("1.المقدمة", "1. المقدمة"),
    "the next item": ("الحكومية.3 - فتح", "الحكومية. 3 - فتح"),
    # Titles and initials
    "doctor": ("قال د.محمد", "قال د. محمد"),
    "doctor, with and": ("ود.محمد", "ود. محمد"),
    "engineer": ("م.نعيم", "م. نعيم"),
    "professor doctor": ("أ.د.سعد", "أ.د. سعد"),
    "initials": ("ج.ب.ماركس", "ج.ب. ماركس"),
    # Colons
    "a speaker": ("الحمود:فايز جاحد", "الحمود: فايز جاحد"),
    "a language": ("(بالإنجليزية:creditor)", "(بالإنجليزية: creditor)"),
    "a link": ("على الرابط:https://a.example/ب", "على الرابط: https://a.example/ب"),
    "a phone": ("الهاتف:0112038222", "الهاتف: 0112038222"),
    # Other marks
    "comma": ("في المملكة،حيث", "في المملكة، حيث"),
    "comma of Latin": ("67 شركة,وظلت", "67 شركة, وظلت"),
    "comma behind a year": ("عام 2014م،فيما", "عام 2014م، فيما"),
    "comma behind a percentage": ("بحدود 45%،فيما", "بحدود 45%، فيما"),
    "semicolon": ("الاستفتاء؛وبذلك", "الاستفتاء؛ وبذلك"),
    "question mark": ("واحدا منهم؟ولكنه", "واحدا منهم؟ ولكنه"),
    "exclamation mark": ("يا له من هدف!وقال", "يا له من هدف! وقال"),
    "two points": ("جميل ورائع..كم أنت", "جميل ورائع.. كم أنت"),
    "ellipsis": ("الستيرويد...وهذه", "الستيرويد... وهذه"),
    "ellipsis, one sign": ("في الخليج…ناد", "في الخليج… ناد"),
    "several marks": ("بهذا الشكل؟!..وكيف", "بهذا الشكل؟!.. وكيف"),
    # Quotes and brackets
    "opening guillemet": ("مهرجان«التراث»", "مهرجان «التراث»"),
    "opening guillemet, short word": ("في«جبل العليقة»", "في «جبل العليقة»"),
    "closing guillemet": ("«داعش»على رأس", "«داعش» على رأس"),
    "and between two quotes": ("«مصر»و«ليبيا»", "«مصر» و«ليبيا»"),
    "curly quotes": ("وكانت“صفية”بمثابة", "وكانت “صفية” بمثابة"),
    "opening straight quote": ('تقرير"ساما" عن', 'تقرير "ساما" عن'),
    "closing straight quote": ('قناة "العربية"بأن', 'قناة "العربية" بأن'),
    "straight quote behind a stop": ('"هذا العام."وأكدت', '"هذا العام." وأكدت'),
    "straight quote behind a colon": ('وتابع:"نحن هنا"', 'وتابع: "نحن هنا"'),
    "one after the other": ('منها "39"وقائياً و"9"علاجي', 'منها "39" وقائياً و"9" علاجي'),
    "opening bracket": ("المادة(79) من", "المادة (79) من"),
    "opening bracket, words": ("هجر(ثامن الترتيب)", "هجر (ثامن الترتيب)"),
    "closing bracket": ("قناة (أجيال)من جدة", "قناة (أجيال) من جدة"),
    "closing bracket, a number": ("قدره (100.000)ريال", "قدره (100.000) ريال"),
    # Addresses that ran into a word
    "an address": ("الموقع الإلكترونيhttp://a.example/", "الموقع الإلكتروني http://a.example/"),
    "an address without scheme": ("للجوازاتwww.a.example .", "للجوازات www.a.example ."),
}  # fmt: skip

KEPT = {
    "an abbreviation": "سي.آي.إيه والسي.آي.إيه وإم.تي.في",
    "an abbreviation and a word": "إف.سي.فولندام",
    "an abbreviation with commas": "مسح رويترز آي،بي،إي،إس",
    "a name with an abbreviation": "ويل.آي.أم ودايركت.تي.في",
    "before Christ": "44 ق.م. و 30 ق.م",
    "an agency": "(د.ب.أ) و أ.ف.ب",
    "post box": "ص.ب 15",
    "letters of a list": "(أ.هـ) أ،ب،ج",
    "decimals and thousands": "3.5 و 1,000 و 3،5",
    "a time, a score, a ratio": "10:30 و 2:1 و 5:3",
    "a verse": "خر:3",
    "a domain": "a.example و example.com",
    "a domain in Arabic": "بوكينج.كوم ووزارة.السعودية",
    "an address": "https://a.example/نص.نص،نص:نص",
    "e-mail": "الاسم.اللقب@example.org",
    "a hashtag": "#كل_يوم.وقال",
    "a file": "تقرير.pdf",
    "a page of a wiki": "[[تصنيف:ترميز]] [[ملف:Map.svg]]",
    "a lost letter": "الساحلي،ة",
    "prefixed quotes": 'ل«الرياض» و«عكاظ» بـ«داعش» لـ"سبق" ال(TMS) و(ب)',
    "turned quotes": "تصريح ل»الرياض» و»عكاظ»",
    "quotes that may be turned": "كلمة»أخرى«",
    "endings in brackets": "الطالب(ة) والموظف(ون) والمعلم(ات)",
    "articles in brackets": "(ال)كتاب و(لا)مركزية",
    "a suffix behind a quote": "«الإخوان»ية",
    "a quote that does not close": "كلمة«أخرى",
    "a bracket that does not open": "كلمة)أخرى",
    "one straight quote": 'كلمة"أخرى',
    "doubled straight quotes": 'اسم ""ديفوس يوليوس"" .',
    "inches": '24"شاشة',
    "a face": "مرحبا:) أهلا:د",
    "an ellipsis at the start": "قال ..والنوع",
    "a dash, a slash": "جنوب-شرق ونيسان/إبريل",
    "a function": "س(ص)",
    "a note": "النفس.[2]",
    "well spaced": "قال: «لن نغلق»، مضيفاً (أمس): هل؟ نعم! 3.5%.",
}


@pytest.mark.parametrize(("glued", "meant"), PARTED.values(), ids=PARTED)
def test_is_set_apart(glued: str, meant: str) -> None:
    assert EditedText(glued).edited(glued_punctuation(glued)).text == meant


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_is_kept(text: str) -> None:
    assert list(glued_punctuation(text)) == []
