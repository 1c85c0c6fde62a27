"""Glued numbers: what is set apart, and what never is. The tables are the specification."""

from __future__ import annotations

import pytest

from warraq.text.edits import EditedText
from warraq.text.glue import glued_numbers

PARTED = {
    # Prepositions and "and"
    "by 556": ("جرت بزيادة ب556 حالة", "جرت بزيادة ب 556 حالة"),
    "by, with tatweel": ("فاز بـ4 ميداليات", "فاز بـ 4 ميداليات"),
    "by, before a counted word": ("فاز ب3 مباريات", "فاز ب 3 مباريات"),
    "for 1500": ("يتسع ل1500 شخص", "يتسع ل 1500 شخص"),
    "for, and by, after and": ("لأحمد ول20 آخرين وبـ15", "لأحمد ول 20 آخرين وبـ 15"),
    "like 100": ("ك100 عام", "ك 100 عام"),
    "by, a percentage": ("ارتفع ب5% فقط", "ارتفع ب 5% فقط"),
    "by, a percentage apart": ("ارتفع ب5 % فقط", "ارتفع ب 5 % فقط"),
    "by, decimals": ("ب3.7 نقاط وب6ر1 مليون", "ب 3.7 نقاط وب 6ر1 مليون"),
    "and 15": ("بين 10 و15 يوماً", "بين 10 و 15 يوماً"),
    "and, before a percentage": ("بين 20%و30%", "بين 20% و 30%"),
    "and, in brackets": ("(و15 غيرهم)", "(و 15 غيرهم)"),
    # Words before numbers
    "year": ("عام2019", "عام 2019"),
    "year, with a prefix": ("لعام2019 وبسنة١٩٩٠", "لعام 2019 وبسنة ١٩٩٠"),
    "year, with vowel signs": ("سنةَ1990", "سنةَ 1990"),
    "year, spelt with ه": ("سنه1990", "سنه 1990"),
    "day and month": ("يوم26 يوليو", "يوم 26 يوليو"),
    "month, Egypt": ("24 أبريل2014", "24 أبريل 2014"),
    "month, Levant": ("في آذار2007", "في آذار 2007"),
    "month, Maghreb": ("في جانفي2011 وغشت2012", "في جانفي 2011 وغشت 2012"),
    "month, Hijri": ("في رمضان1436", "في رمضان 1436"),
    "month, both sides": ("الأحد10شوال1436", "الأحد 10 شوال 1436"),
    "since": ("منذ300 عام", "منذ 300 عام"),
    "in, a year": ("في2013", "في 2013"),
    "in, a date": ("في7 يونيو", "في 7 يونيو"),
    "from, to": ("من1246 إلى32", "من 1246 إلى 32"),
    "to, spelt with ي": ("الي32", "الي 32"),
    "about": ("نحو74% وحوالي20", "نحو 74% وحوالي 20"),
    "number": ("رقم43", "رقم 43"),
    "article of a law": ("المادة79", "المادة 79"),
    "hour": ("الساعة10:30", "الساعة 10:30"),
    # Any word, where the number looks like nothing else
    "percentage": ("الاتحاد الأوروبي73%", "الاتحاد الأوروبي 73%"),
    "thousands": ("القطاع الحكومي87,566 ريالا", "القطاع الحكومي 87,566 ريالا"),
    "a year behind any word": ("كأس العالم1934", "كأس العالم 1934"),
    "a date behind any word": ("الأحد القادم10 شوال", "الأحد القادم 10 شوال"),
    "so many of something": ("بمشاركة18 لاعبا", "بمشاركة 18 لاعبا"),
    "so many million": ("يتقاضى4.56 مليون", "يتقاضى 4.56 مليون"),
    # Words behind numbers
    "millimetres": ("سماكة 8ملم", "سماكة 8 ملم"),
    "kilometres": ("على بعد 5كم،", "على بعد 5 كم،"),
    "square kilometres": ("نحو 756,626كم2", "نحو 756,626 كم2"),
    "square metres": ("مساحته 400م2.", "مساحته 400 م2."),
    "cubic metres": ("تصريف 12م³/ث", "تصريف 12 م³/ث"),
    "metres": ("قفز 4.95م، وفاز", "قفز 4.95 م، وفاز"),
    "thousand": ("20ألف", "20 ألف"),
    "thousand, Persian figures": ("۲۰الف", "۲۰ الف"),
    "days": ("بعد 7أيام", "بعد 7 أيام"),
    "years of age": ("(٦سنوات)", "(٦ سنوات)"),
    "date": ("26يوليو 2015", "26 يوليو 2015"),
    "o'clock": ("08:30مساءً", "08:30 مساءً"),
    "anno Domini": ("عام 2015م.", "عام 2015 م."),
    "anno Domini, a date": ("28/7/2015م", "28/7/2015 م"),
    "of the Hijra": ("عام 1436هـ", "عام 1436 هـ"),
    "of the Hijra, without tatweel": ("عام 1436ه.", "عام 1436 ه."),
    "of the Hijra, early": ("سنة 50هـ", "سنة 50 هـ"),
    "before Christ": ("نحو 3500ق.م.", "نحو 3500 ق.م."),
    "a word behind a percentage": ("75%من السكان", "75% من السكان"),
    "a word behind a year": ("عام 1930على منطقة", "عام 1930 على منطقة"),
    "a verb behind a year": ("عام 1984أصدر ديوانه", "عام 1984 أصدر ديوانه"),
    "any counted word": ("17351صفقة و14معلمة", "17351 صفقة و 14 معلمة"),
    "a range": ("30إلى 31 يناير", "30 إلى 31 يناير"),
    "the article's number and its word": ("ال27دولة", "ال27 دولة"),
    "per cent": ("6في المئة", "6 في المئة"),
    "a year and a year": ("عامي 1978و1979", "عامي 1978 و 1979"),
    "both sides": ("عام2019م", "عام 2019 م"),
}  # fmt: skip

KEPT = {
    "a race": "سباق فورمولا1",
    "a disease": "كوفيد19 أو كوفيد-19",
    "a disease before a number": "أصاب كوفيد19 مليون شخص",
    "the article": "ال37 والـ13 بال20 للـ5",
    "an abbreviation": "سي.آي.إيه",
    "an aircraft": "طائرات إف16 وبي-52جي و(أف35)",
    "a phone": "آيفون6 وغالاكسي إس6 وجلاكسي تاب إس2",
    "an operating system": "ويندوز2000",
    "an engine": "محرك في8 وفي6",
    "a vitamin": "فيتامين ب12 وب6",
    "vitamins in a list": "الفيتامينات (ج، أ، ب1، ب2)",
    "a vitamin alone": "نقص ب12 في الدم",
    "a mountain": "قمة ك2",
    "a channel": "بي بي سي1 وقناة 2ستار",
    "the third dimension": "3D و 3دي و 5جي",
    "a club of states": "G20 وU19",
    "shares of a file": "تقرير2015.pdf ملف_2015م",
    "an address": "https://خبر.example/عام2019م",
    "e-mail": "خالد.عام2019@example.org",
    "a hashtag": "#رؤية2030",
    "a user": "@سالم2015م",
    "a time": "الساعة 10:30",
    "a score": "فاز 2-1",
    "a date": "2015/7/21",
    "a book's number": "ردمك 978-3-16-148410-0",
    "a version": "الإصدار 2.0.1",
    "decimals of the agencies": "6ر1 مليار و (000ر22)",
    "two numbers that may be decimals": "نحو 5و62 متراً و 20و30",
    "a number in a word": "ه1ذا ذ1لك",
    "a film": "دون2 وكيندل2",
    "a verse": "(خر6:3) يو19:3",
    "nineties": "في ال90ات و 80ينات",
    "an apartment": "المخطط 12/24ب",
    "degrees under a vowel sign": "15 \u0652مئوية، 20\u064e 31",
    "a noun that numbers name": "مركز الخرطوم3 والنزهة2",
    "numbers apart": "في عام 2019 نحو 8 ملم و 15 يوماً بنسبة 5 %",
}


@pytest.mark.parametrize(("glued", "meant"), PARTED.values(), ids=PARTED)
def test_is_set_apart(glued: str, meant: str) -> None:
    assert EditedText(glued).edited(glued_numbers(glued)).text == meant


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_is_kept(text: str) -> None:
    # "and" before a figure is set apart wherever it stands; it is not what these cases are about
    edits = [edit for edit in glued_numbers(text) if "و (and)" not in edit.reason]
    assert edits == []
