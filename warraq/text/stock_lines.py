"""Lines that pages put around articles, known by their words: "read also", "follow us", and so on.

A pattern has to be sure by itself, so each is anchored at the start of a line of few words; what is
only probable is left to repetition (`warraq.text.boilerplate`). Patterns are folded as the lines
are before they are compared, so أيضاً and ايضا need one spelling here. The table is our own, from
the pages of Arabic newspapers and agencies.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from warraq.text.normalize import fold

_NETWORK = (
    "تويتر|فيسبوك|فيس بوك|انستغرام|انستجرام|انستقرام|يوتيوب|تلغرام|تليغرام|تلجرام|تليجرام|تيليجرام|"
    "واتساب|واتس اب|سناب|تيك توك|جوجل نيوز|غوغل نيوز|"
    "twitter|facebook|instagram|youtube|telegram|whatsapp|snapchat|tiktok|google news"
)
_OURS = (
    "قناتنا|قنواتنا|صفحتنا|صفحاتنا|حسابنا|حساباتنا|موقعنا|تطبيقنا|نشرتنا|خدماتنا|اخبارنا|"
    "النشرة البريدية|القائمة البريدية|النشرة الإخبارية"
)
_BUTTON = (
    r"شارك|شاركها|مشاركة|شارك (?:هذا )?(?:الخبر|المقال|الموضوع|الصفحة)|"
    r"طباعة|طباعة (?:الخبر|المقال)|"
    "إرسال لصديق|ارسل لصديق|إرسال بالبريد|نسخ الرابط|تكبير الخط|تصغير الخط|حجم الخط|حفظ المقال|"
    "أضف تعليقا|أضف تعليقك|اكتب تعليقك|اترك تعليقا|لا توجد تعليقات|عودة إلى الأعلى|إعلان|إعلانات|"
    "share|tweet|print|e-?mail|copy link|advertisement"
)
_NAME = r"[^\d:؟!]+"


@dataclass(frozen=True, slots=True)
class StockLine:
    """What a kind of line looks like once folded.

    most_words: a longer line is text. edges_only: known only among the first or last lines of an
    article. is_byline: says who wrote the article, where or for whom.
    """

    reason: str
    pattern: re.Pattern[str]
    most_words: int
    edges_only: bool = False
    is_byline: bool = False


def _stock(
    reason: str, pattern: str, words: int, *, edges: bool = False, byline: bool = False
) -> StockLine:
    # Folding lowers case, so no pattern may hold \W, \S, \D or \B.
    return StockLine(reason, re.compile(fold(pattern)), words, edges, byline)


STOCK_LINES = (
    _stock(
        "read-also line",
        r"(?:اقرأ|إقرأ|اقرأوا) (?:أيضا|كذلك)\b|(?:شاهد|طالع) (?:أيضا|كذلك) *(?:[:…|«\"–-]|$)|"
        r"(?:قد|ربما) (?:يهمك|يعجبك) أيضا|"
        r"(?:اقرأ|إقرأ|طالع) المزيد|لا يفوتك *[:：]|اخترنا (?:لك|لكم)|"
        r"(?:مواضيع|موضوعات|أخبار|مقالات|مواد|روابط) (?:ذات صلة|متعلقة|مشابهة) *(?:[:：]|$)",
        22,
    ),
    _stock(
        "follow-us line",
        r"(?:تابعونا|تابعنا|تجدوننا|لمتابعتنا|تواصلوا معنا|شاركونا)\b"
        rf".*\b(?:علي|عبر|في)\b.*(?:{_NETWORK})|"
        rf"(?:تابعونا|تابعنا|لمتابعتنا) (?:على|عبر)\b|"
        r"(?:شارك|شاركوا|مشاركة|انشر)(?: هذا)?(?: الخبر| المقال| الموضوع| الصفحة)? (?:عبر|على|في)"
        rf" *:? *(?:{_NETWORK})|"
        r"(?:تابع|تابعوا|لمتابعة|اشترك|اشتركوا|للاشتراك|انضم|انضموا|للانضمام|زوروا|حملوا|حمل)\b"
        rf".*\b(?:{_OURS})\b",
        20,
    ),
    _stock(
        "read-more tail",
        r"(?:للمزيد|لقراءة المزيد|لمزيد من (?:الأخبار|التفاصيل|المعلومات|الصور)|"
        r"للاطلاع|لمشاهدة|لمطالعة)\b.*\b(?:اضغط|اضغطوا|انقر|انقروا|زوروا|تابعوا|تابعونا|تابعنا)\b|"
        r"(?:للمزيد|لقراءة المزيد|المزيد)(?: من (?:الأخبار|التفاصيل|الصور))? *[:：.…>»]*$|"
        r"(?:.{0,60}\b)?(?:اضغط|اضغطوا|انقر|انقروا) (?:هنا|على الرابط)"
        r"(?: التالي)?[ :.…>»]*$",
        15,
    ),
    _stock(
        "copyright line",
        r".{0,60}(?:جميع|كل|كافة) الحقوق محفوظة|حقوق (?:النشر|الطبع)(?: والنشر)? محفوظة|©|"
        r"copyright\b|.{0,60}all rights reserved",
        20,
    ),
    _stock(
        "buttons of the page",
        rf"(?:(?:{_BUTTON})[ |:/،,•·+-]*)+$|(?:(?:{_BUTTON}|{_NETWORK})[ |:/،,•·+-]*){{2,}}$",
        12,
        edges=True,
    ),
    _stock(
        "says where a picture is from",
        r"[(\[]? *(?:(?:ال)?صورة )?(?:أرشيفية|تعبيرية|من الأرشيف)[ .)\]]*$",
        4,
    ),
    _stock("source line", rf"(?:المصدر|مصدر الخبر) *[:/]{_NAME}$", 7, edges=True, byline=True),
    _stock(
        "byline",
        r"(?:(?:و ?)?(?:كتب|كتبت|كتبه|كتبته|كتبها|بقلم|إعداد|تحرير|ترجمة|تصوير|عدسة|تعريب|مراسلة?|"
        r"حاوره|حاورها|حاورته|حاورتها|(?:أجرى|أجرت) (?:الحوار|اللقاء|المقابلة))[ ،]*)+"
        rf"[:/]{_NAME}$|(?:كتب|كتبت|بقلم|تصوير) *[–—-]{_NAME}$|بقلم(?: [^\d :.،]+){{2,4}}$",
        9,
        edges=True,
        byline=True,
    ),
    _stock(
        "how to reach the writer",
        r"(?:لمراسلة|للتواصل مع|بريد) (?:الكاتب|الكاتبة|المحرر)",
        8,
        edges=True,
        byline=True,
    ),
)

CALLS = re.compile(
    fold(
        rf"(?:{_NETWORK}|{_OURS}|https?:|www\.)|"
        r"\b(?:تابعونا|تابعنا|تابعوا|لمتابعة|اشتركوا?|للاشتراك|انضموا|للانضمام|اضغطوا?|انقروا?|"
        r"اقرأوا?|إقرأ|للمزيد|حملوا|الرابط|محفوظة|لا (?:تعبر|يعبر)|share|subscribe|follow|click|"
        r"copyright)\b"
    )
)
"""Words of lines that ask the reader for something: with these a line that recurs is boilerplate
wherever it stands, without them only at an article's edges."""

LONGEST_STOCK_LINE = 160
"""In characters. A longer line is text."""
