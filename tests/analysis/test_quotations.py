"""Who said what: verbs of saying, quotation marks, headlines; and what only looks like it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.measure_quotations import is_same
from warraq.analysis.quotations import find_quotations, quotations
from warraq.analysis.quotations.finding import MOST
from warraq.analysis.quotations.marks import quoted
from warraq.annotations import Entity, Quotation, TextField
from warraq.article import Article, Received
from warraq.document import Document
from warraq.text.tokens import sentences, tokens

PERSONS = ("سعاد الفاتح", "هاني الراشد", "الراشد", "خالد المسلمي", "فؤاد السراجي")
BODIES = ("وزارة البلديات", "هيئة المياه", "الجيش الوطني", "حكومة الوفاق", "وكالة الأنباء الليبية")
PLACES = ("عمان", "الدوحة")
NAMES = {"الراشد": "هاني الراشد"}


def field(text: str, name: str = "body") -> TextField:
    return TextField(name, text, tokens(text), sentences(text))


def entities(one: TextField) -> list[Entity]:
    """The names above where they stand in the text, the longest wins."""
    found: list[Entity] = []
    for type_, names in (("person", PERSONS), ("organization", BODIES), ("place", PLACES)):
        for text in sorted(names, key=len, reverse=True):
            start = one.text.find(text)
            while start >= 0:
                end = start + len(text)
                if all(end <= other.start or start >= other.end for other in found):
                    name = NAMES.get(text, text)
                    found.append(Entity(one.name, start, end, text, type_, name))
                start = one.text.find(text, end)
    return found


def said(text: str, name: str = "body") -> list[tuple[str, str | None, str | None, bool]]:
    """What is said in `text`, by whom, with which verb, and whether in marks."""
    one = field(text, name)
    return [
        (found.text, found.speaker, found.verb, found.direct)
        for found in quotations(one, entities(one))
    ]


# Each: a sentence, what was said, who said it, the verb, whether in marks.
ONE = [
    # Verbs with أن, إن, بأن, with pronouns, vowel signs and hamzas or without.
    ("قال هاني الراشد إن الجسر جاهز.", "الجسر جاهز", "هاني الراشد", "قال", False),
    ("وأكّد هاني الراشد أنّ الجسر جاهز.", "الجسر جاهز", "هاني الراشد", "أكّد", False),
    ("واكد هاني الراشد ان الجسر جاهز", "الجسر جاهز", "هاني الراشد", "اكد", False),
    ("أفادت هيئة المياه بأنها أصلحت الخط.", "أصلحت الخط", "هيئة المياه", "أفادت", False),
    ("وأشارت هيئة المياه إلى أن الضخ عاد.", "الضخ عاد", "هيئة المياه", "أشارت", False),
    ("وشدّد الراشد على أنه لن يستقيل.", "لن يستقيل", "هاني الراشد", "شدّد", False),
    ("وحذر خبراء من أن السد يتصدع.", "السد يتصدع", "خبراء", "حذر", False),
    ("قال الشهود: إن النار اندلعت ليلاً.", "النار اندلعت ليلاً", "الشهود", "قال", False),
    ("ويرى محللون أن السوق ستهدأ.", "السوق ستهدأ", "محللون", "يرى", False),
    ("نفى مصدر في النادي أن المدرب رحل.", "المدرب رحل", "مصدر في النادي", "نفى", False),
    # Behind the era of a year a sentence ends, behind an abbreviation it does not.
    (
        "ذكر خبراء أن السد بني عام 2014 م. وبلغت تكلفته مليار ريال.",
        "السد بني عام 2014 م", "خبراء", "ذكر", False,
    ),
    (
        "ذكر خبراء أن د. خالد المسلمي بنى السد وحده.",
        "د. خالد المسلمي بنى السد وحده", "خبراء", "ذكر", False,
    ),
    # Titles, offices and phrases between the verb and the name.
    (
        "قال المتحدث باسم الجيش الوطني، اللواء خالد المسلمي، إن القوات تقدمت.",
        "القوات تقدمت", "خالد المسلمي", "قال", False,
    ),
    (
        "وأوضح وكيل وزارة البلديات المهندس هاني الراشد خلال جولته أمس أن الطريق سيفتح.",
        "الطريق سيفتح", "هاني الراشد", "أوضح", False,
    ),
    ("وأوضحت حينها هيئة المياه أن الخط قديم.", "الخط قديم", "هيئة المياه", "أوضحت", False),
    (
        "أوضح لـ«المرصد» الدكتور خالد المسلمي أن اللقاح متوفر.",
        "اللقاح متوفر", "خالد المسلمي", "أوضح", False,
    ),
    (
        "قالت القوات الموالية لحكومة الوفاق التي يقودها فؤاد السراجي، إنها أطلقت هجوماً.",
        "أطلقت هجوماً", "القوات الموالية لحكومة الوفاق", "قالت", False,
    ),
    # A subject before its verb.
    ("هيئة المياه أكدت أن الضخ عاد.", "الضخ عاد", "هيئة المياه", "أكدت", False),
    ("«المرصد» أكدت أن العدد ارتفع.", "العدد ارتفع", "المرصد", "أكدت", False),
    ("هناك من يقول: إن المقهى أغلق.", "المقهى أغلق", None, "يقول", False),
    # Noun phrases as they stand.
    ("وقال أحد السكان إن الماء انقطع.", "الماء انقطع", "أحد السكان", "قال", False),
    ('أكدت مصادر "المرصد" أن الصفقة تمت.', "الصفقة تمت", 'مصادر "المرصد"', "أكدت", False),
    (
        "وقالت متحدثة باسم الخارجية يوم الثلاثاء إن الحوار مستمر.",
        "الحوار مستمر", "متحدثة باسم الخارجية", "قالت", False,
    ),
    # Agencies that pass on the words of others.
    (
        "ونقلت وكالة الأنباء الليبية عن مسؤول محلي قوله إن الميناء فتح.",
        "الميناء فتح", "مسؤول محلي", "قوله", False,
    ),
    (
        "وذكرت الصحيفة نقلاً عن مصدر أمني أن الاجتماع تأجل.",
        "الاجتماع تأجل", "مصدر أمني", "ذكرت", False,
    ),
    # Marks, with colon or without, unbalanced ones, round brackets.
    ("وقال الراشد: «سنعود غداً».", "سنعود غداً", "هاني الراشد", "قال", True),
    (
        'وأضاف الراشد "لن نغلق الباب أمام أحد".',
        "لن نغلق الباب أمام أحد", "هاني الراشد", "أضاف", True,
    ),
    (
        "قال الراشد: «سنعود غداً. لا أحد يمنعنا!».",
        "سنعود غداً. لا أحد يمنعنا!", "هاني الراشد", "قال", True,
    ),
    ("قال الراشد: “قلتُ لهم «نعم» ومضيت”.", "قلتُ لهم «نعم» ومضيت", "هاني الراشد", "قال", True),
    ("قال الراشد: «سنعود غداً إلى بيوتنا", "سنعود غداً إلى بيوتنا", "هاني الراشد", "قال", True),
    (
        "قال أحد المشجعين (المدرب أخطأ بلا شك اليوم).",
        "المدرب أخطأ بلا شك اليوم", "أحد المشجعين", "قال", True,
    ),
    ('صاح المذيع "يا ساتر".', None, None, None, False),
    ('المذيع الذي صاح "يا ساتر" سقط.', "يا ساتر", "المذيع", "صاح", True),
    (
        "قالت مصادر ميدانية إن «الغارات أصابت الميناء القديم».",
        "الغارات أصابت الميناء القديم", "مصادر ميدانية", "قالت", True,
    ),
    # What is said before who says it.
    (
        "«لا تراجع عن القرار»، قالت الوزيرة سعاد الفاتح للصحفيين.",
        "لا تراجع عن القرار", "سعاد الفاتح", "قالت", True,
    ),
    ("«لا تراجع عن القرار»، بحسب مصادر محلية.", "لا تراجع عن القرار", "مصادر محلية", None, True),
    # A sentence that ends with whom it comes from.
    (
        "وتوقفت الرحلات إلى المدينة، حسب ما أكد المتحدث باسم الجيش، اللواء خالد المسلمي.",
        "وتوقفت الرحلات إلى المدينة", "خالد المسلمي", "أكد", False,
    ),
    (
        "توقفت الرحلات إلى المدينة، حسبما أفاد الأربعاء مسؤول محلي.",
        "توقفت الرحلات إلى المدينة", "مسؤول محلي", "أفاد", False,
    ),
    # قائلا goes on with the verb before it.
    ("أوضح الراشد، قائلاً: إن الجسر جاهز.", "الجسر جاهز", "هاني الراشد", "أوضح", False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "what", "speaker", "verb", "direct"), ONE)
def test_one(
    text: str, what: str | None, speaker: str | None, verb: str | None, direct: bool
) -> None:
    assert said(text) == ([] if what is None else [(what, speaker, verb, direct)])


SEVERAL = [
    # Participles, pronouns and و… go on with who spoke last.
    (
        "كشف الراشد أن العجز تراجع، لافتا إلى أن الدين قل، مضيفا أنه بخير. وأضاف أن البنك شريك.",
        [
            ("العجز تراجع", "هاني الراشد"),
            ("الدين قل", "هاني الراشد"),
            ("بخير", "هاني الراشد"),
            ("البنك شريك", "هاني الراشد"),
        ],
    ),
    # Another clause, another speaker.
    (
        "أعلن الجيش الوطني أنه تقدم، فيما قالت هيئة المياه إنها أوقفت الضخ.",
        [("تقدم", "الجيش الوطني"), ("أوقفت الضخ", "هيئة المياه")],
    ),
    # الوزارة is the one just named; the gender of the verb tells who goes on.
    (
        "أكدت وزارة البلديات أن السوق جديد. وقال الراشد إنه ضيق. وأضافت الوزارة أن الباب واسع.",
        [
            ("السوق جديد", "وزارة البلديات"),
            ("ضيق", "هاني الراشد"),
            ("الباب واسع", "وزارة البلديات"),
        ],
    ),
    (
        "قالت سعاد الفاتح إن المعرض كبير. وقال الراشد إنه صغير. وتابعت: «العدد في ازدياد».",
        [
            ("المعرض كبير", "سعاد الفاتح"),
            ("صغير", "هاني الراشد"),
            ("العدد في ازدياد", "سعاد الفاتح"),
        ],
    ),
    # A verb that says nothing here still names who says what follows.
    (
        "أعلنت هيئة المياه إغلاق الخط، مشيرة إلى أنها ستفتح غيره.",
        [("ستفتح غيره", "هيئة المياه")],
    ),
    (
        "قال الراشد إن الجسر جاهز، لافتاً النظر إلى أن الطريق مغلق.",  # drawing attention
        [("الجسر جاهز", "هاني الراشد"), ("الطريق مغلق", "هاني الراشد")],
    ),
    # Verbs behind قد have their subject before them, what follows is an object.
    (
        "وكان الراشد قد أكد أن السوق آمن.",
        [("السوق آمن", "هاني الراشد")],
    ),
    # Whom the sentence is about.
    (
        "شكا أهالي الحي من الروائح، وأكدوا أن المياه تتدفق.",
        [("المياه تتدفق", "أهالي الحي")],
    ),
    # Asking, thanking and praising go on with who spoke, not with what was said.
    (
        "وقال الراشد إن الطريق مغلق، مطالباً الجهات بالتدخل.",
        [("الطريق مغلق", "هاني الراشد")],
    ),
    # Nested indirect speech belongs to the outer one.
    (
        "أكد الراشد أن الوزير قال إن الجسر جاهز.",
        [("الوزير قال إن الجسر جاهز", "هاني الراشد")],
    ),
    # A noun phrase ends before أن, and what is finished with قائلا is no speaker.
    ("بحسب المرصد فإن «الطريق إلى الميناء مغلق».", [("الطريق إلى الميناء مغلق", "المرصد")]),
    (
        "قال الراشد إن الجسر جاهز. وأنهى حديثه قائلا: الطريق مغلق.",
        [("الجسر جاهز", "هاني الراشد"), ("الطريق مغلق", "هاني الراشد")],
    ),
    # A mark of another kind closes what its own kind does not, either way round.
    (
        'وقال الراشد: «لن نقبل العرض" ثم خرج. وقالت سعاد الفاتح: «نقبل به ونمضي».',
        [("لن نقبل العرض", "هاني الراشد"), ("نقبل به ونمضي", "سعاد الفاتح")],
    ),
    (
        'وقال الراشد: "لن نقبل «العرض» اليوم» ثم خرج. وقالت سعاد الفاتح: "نقبل به".',
        [("لن نقبل «العرض» اليوم", "هاني الراشد"), ("نقبل به", "سعاد الفاتح")],
    ),
    (
        'وقال الراشد: «لن نقبل العرض" ثم خرج. وقالت سعاد الفاتح: "نقبل به ونمضي».',
        [("لن نقبل العرض", "هاني الراشد"), ("نقبل به ونمضي", "سعاد الفاتح")],
    ),
    # What nothing closes ends where somebody else speaks, at the latest with its line.
    (
        "قال الراشد: «لن نقبل العرض اليوم. وقالت سعاد الفاتح: «نقبل به».",
        [("لن نقبل العرض اليوم.", "هاني الراشد"), ("نقبل به", "سعاد الفاتح")],
    ),
    (
        "قال الراشد: «لن نقبل العرض اليوم. وقالت سعاد الفاتح إن الطريق مغلق.",
        [("لن نقبل العرض اليوم", "هاني الراشد"), ("الطريق مغلق", "سعاد الفاتح")],
    ),
    (
        "قال الراشد: «لن نقبل العرض اليوم\nووصل الوفد مساء.",
        [("لن نقبل العرض اليوم", "هاني الراشد")],
    ),
    # A name in marks of the same kind does not end it.
    (
        "قال الراشد: «دخل تنظيم «الفجر» المدينة ليلاً».",
        [("دخل تنظيم «الفجر» المدينة ليلاً", "هاني الراشد")],
    ),
    # A time or a preposition with its pronoun is no subject; who was named before speaks on.
    (
        "قالت هيئة المياه إن الخط قديم. وأعلنت العام الماضي أن الخط جاهز.",
        [("الخط قديم", "هيئة المياه"), ("الخط جاهز", "هيئة المياه")],
    ),
    ("أعلنت الشهر الماضي هيئة المياه أن الخط جاهز.", [("الخط جاهز", "هيئة المياه")]),
    ("وقالت في وقت سابق سعاد الفاتح إن الخط جاهز.", [("الخط جاهز", "سعاد الفاتح")]),
    ("وكان مسؤول قضائي قال الشهر الماضي إن الخط جاهز.", [("الخط جاهز", "مسؤول قضائي")]),
    ("تحدث الراشد عن الجسر الذي أشار إليه بأنه قديم.", [("قديم", "هاني الراشد")]),
    # A number speaks with what it counts; alone it is somebody, but nobody named before.
    ("وقال 57% من الآباء إن الطريق مغلق.", [("الطريق مغلق", "57% من الآباء")]),
    (
        "قال الراشد إن الجسر جاهز. في حين قال %43 إن الطريق مغلق.",
        [("الجسر جاهز", "هاني الراشد"), ("الطريق مغلق", None)],
    ),
    ("60% من السكان يرون أن الطريق مغلق.", [("الطريق مغلق", None)]),
    # إلى begins like the article, and has none.
    ("أخذ الكتب إلى المدرسة التي تقول إنه غائب.", [("غائب", None)]),
    # Neither what turned out nor a verb is who speaks.
    (
        "قال الراشد إن الجسر جاهز. وتبين سلامته وعدم وجود أعطال: الطريق مفتوح.",
        [("الجسر جاهز", "هاني الراشد"), ("الطريق مفتوح", "هاني الراشد")],
    ),
    (
        "قال الراشد إن الجسر جاهز. وقال لصديقته إن الطريق مغلق.",
        [("الجسر جاهز", "هاني الراشد"), ("الطريق مغلق", "هاني الراشد")],
    ),
    # The point of an abbreviation ends no sentence.
    ("وأوضح د. خالد المسلمي أن الدواء متاح.", [("الدواء متاح", "خالد المسلمي")]),
]


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_several(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(what, speaker) for what, speaker, _, _ in said(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "شنت القوات عملية «طوفان الكرامة» قرب «ورشفانة» و»العزيزية«.",  # names
        'هاجم تنظيم "داعش" القرية.',
        "أعلن تنظيم «داعش» مسؤوليته عن الهجوم.",  # claimed responsibility
        "أعلن الراشد إطلاق المشروع.",  # a plain noun
        "أكد الراشد أهمية المشروع وضرورة أن يكتمل.",  # the need that
        "يذكر أن الجسر بني قبل عامين.",  # it is recalled that
        "ويُشار إلى أن الجسر قديم.",
        "قال الراشد كلمته. ويتوقع أن يغلق الجسر غداً.",  # it is expected that
        "الجدير بالذكر أن الجسر قديم.",
        "تجدر الإشارة إلى أن المعرض يستمر أسبوعاً.",
        "ولم يؤكد الراشد أن الجسر جاهز.",  # did not confirm
        "قبل أن يعلن الراشد استقالته غادر القاعة.",
        "ومن المتوقع أن تمطر غداً.",
        "يمكن للزوار أن يدخلوا مجاناً.",
        "قال الراشد كلمته وخرج.",
        "كتب الراشد رواية «موسم الهجرة إلى الشمال» قبل عامين.",
        "الفرق بين أن تنجح وأن تفشل يوم واحد.",
        "مما يشير إلى أن الشتاء اقترب.",
        "على حد قوله.",
        "توقفت الرحلات إلى المدينة، حسب ما أكد.",  # nobody is named
        "توقفت الرحلات إلى المدينة، حسب ما رأى كل الناس" + " هناك" * 40,
        "توقفت الرحلات، حسبما اتفق.",
        "جاء ذلك بعد معلومات وردت إليها عن «سيارة بيضاء بلا لوحات».",  # وردت: came in
        "وحسب وكالة الأنباء «د ب أ»، قال الرئيس كلمته.",
        "قال تعالى: وقل اعملوا.",
        "إلا أن الجسر أغلق، كما أن الطريق مقطوع.",
        "بدأت المباراة الساعة 8:30 مساء.",
        "",
    ],
)
def test_none(text: str) -> None:
    assert said(text) == []


HEADLINES = [
    ("الراشد: لا حالات تسمم جديدة", "لا حالات تسمم جديدة", "هاني الراشد", None, False),
    ("وزير الصحة: لا إصابات جديدة", "لا إصابات جديدة", "وزير الصحة", None, False),
    ("«الأرصاد»: أمطار على الساحل", "أمطار على الساحل", "الأرصاد", None, False),
    ("الراشد: «لن أعود إلى الملاعب»", "لن أعود إلى الملاعب", "هاني الراشد", None, True),
    ("الراشد:« لن أعود إلى الملاعب »", "لن أعود إلى الملاعب", "هاني الراشد", None, True),
    ("الراشد لـ«المرصد»: سعيد بالفوز", "سعيد بالفوز", "هاني الراشد", None, False),
    ("مدرب الأهلي يؤكد: سنفوز بالكأس", "سنفوز بالكأس", "مدرب الأهلي", "يؤكد", False),
    ("عمان تحذر: الإعصار يقترب", "الإعصار يقترب", "عمان", "تحذر", False),
]  # fmt: skip


@pytest.mark.parametrize(("title", "what", "speaker", "verb", "direct"), HEADLINES)
def test_headline(title: str, what: str, speaker: str, verb: str | None, direct: bool) -> None:
    assert said(title, "title") == [(what, speaker, verb, direct)]


@pytest.mark.parametrize(
    "title",
    [
        "شاهد: لحظة سقوط الشجرة",  # watch
        "عمان: القبض على عصابة",  # where it happened
        "كأس آسيا: الأخضر يفوز",
        "عاجل: هزة أرضية",
        "الهلال 2: 1 النصر",
        "الساعة 10: بدء البث",
        "الراشد: نعم",
        "من يوقف النزيف؟",
    ],
)
def test_headline_of_nobody(title: str) -> None:
    assert said(title, "title") == []


def test_a_surname_in_the_title_is_known_by_the_body() -> None:
    person = Entity("body", 0, 11, "هاني الحربي", "person", "هاني الحربي")
    found = quotations(field("الحربي: عدنا للصدارة مبكراً", "title"), [person])
    assert [one.speaker for one in found] == ["هاني الحربي"]


def test_two_persons_of_one_surname_are_not_confused() -> None:
    text = "حضر محمد الحربي وعلي الحربي. وقال الحربي إن اللقاء مفيد."
    persons = [
        Entity("body", 4, 15, "محمد الحربي", "person", "محمد الحربي"),
        Entity("body", 17, 27, "علي الحربي", "person", "علي الحربي"),
    ]
    assert [one.speaker for one in quotations(field(text), persons)] == ["الحربي"]


def test_the_step_fills_document_and_fields() -> None:
    document = Document.begun(Received(Article(source="s", id="1", title="")), intake_ms=0)
    text = "قال خبراء: «السد آمن». وأكدوا أن الماء وفير."
    document.text_fields = (field("", "title"), field(text))
    find_quotations(document)
    assert document.fields["speakers"] == ["خبراء"]
    assert document.fields["quotations"] == [
        {
            "field": "body", "start": 12, "end": 20, "text": "السد آمن", "speaker": "خبراء",
            "verb": "قال", "direct": True,
        },
        {
            "field": "body", "start": 33, "end": 43, "text": "الماء وفير", "speaker": "خبراء",
            "verb": "أكدوا", "direct": False,
        },
    ]  # fmt: skip
    assert [one.text for one in document.quotations] == ["السد آمن", "الماء وفير"]


def test_what_is_not_known_is_left_out() -> None:
    document = Document.begun(Received(Article(source="s", id="1", title="")), intake_ms=0)
    document.text_fields = (field("من يقول: إن الباب مغلق."),)
    find_quotations(document)
    assert "speaker" not in document.fields["quotations"][0]
    assert document.fields["speakers"] == []


def test_so_many_at_most() -> None:
    document = Document.begun(Received(Article(source="s", id="1", title="")), intake_ms=0)
    document.text_fields = (field("قال خبراء إن السد آمن. " * (MOST + 50)),)
    find_quotations(document)
    assert len(document.fields["quotations"]) == MOST


def test_a_quotation_without_end_is_cut_at_a_word() -> None:
    text = "قال الراشد إن " + "كلمة " * 5000
    (found,) = quotations(field(text), [])
    assert len(found.text) < 2000
    assert found.text.endswith("كلمة")


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("«أ» و«ب»", ["أ", "ب"]),
        ("«أ “ب” ج»", ["أ “ب” ج", "ب"]),
        ('"أ" و"ب"', ["أ", "ب"]),
        ('قال: "أ ب', ["أ ب"]),
        ("أ ب» ج", []),
        ("it's here", []),
        ("''نعم'' و''لا''", ["نعم", "لا"]),
        ("«أ\nب»", ["أ"]),
        ('«أ" ب «ج»', ["أ", "ج"]),
        ('"أ» ب "ج"', ["أ", "ج"]),
        ('«أ". ب: "ج»', ["أ", "ج"]),
        ("قال: «أ. ب: «ج»", ["أ.", "ج"]),
        ("«أ «ب» ج", ["أ «ب» ج", "ب"]),
    ],
)
def test_marks(text: str, inside: list[str]) -> None:
    assert [text[one.start : one.end] for one in quoted(text)] == inside


@pytest.mark.parametrize(
    ("marked", "found", "same"),
    [
        ("الراشد", "هاني الراشد", True),  # a surname and its person
        ("هاني الراشد", "الراشد", True),
        ("هاني الراشد", "هاني بن سعد الراشد", True),  # first and last name
        ("هاني الراشد", "سعاد الراشد", False),
        ("الحربي", "علي الحربي", False),  # two persons have it
        ("سعاد الفاتح", "هاني الراشد", False),
        ("وزارة البلديات", "البلديات", False),
        ("البلديات", "وزارة البلديات", True),  # no other body ends so
        ("مدير عام شرطة العاصمة المنامة", "مدير عام شرطة العاصمة", True),
        ("مصدر من المقاومة", "المقاومة", False),
        ("المصدر", "مصدر", False),
        ("مصادر", "مصادر طبية", False),  # one word says too little
        ('مصادر "المرصد"', "مصادر المرصد", True),
        ("-", "-", True),
        ("-", "هاني الراشد", False),
        ("هاني الراشد", "-", False),
    ],
)
def test_when_two_speakers_are_one(marked: str, found: str, same: bool) -> None:
    known = dict.fromkeys(("هاني الراشد", "الراشد", "سعاد الفاتح", "الحربي"), "person")
    known |= dict.fromkeys(("محمد الحربي", "علي الحربي"), "person")
    known |= dict.fromkeys(("وزارة البلديات", "البلديات"), "organization")
    assert is_same(marked, found, known, []) is same


_PIECES = st.sampled_from(
    [*"«»\"“”'().:،؛\n ؟…", "قال ", "إن ", "أنه ", "بأن ", "مؤكدا ", "قوله ", "نقلت ", "عن ",
     "وأضاف ", "الوزير ", "هاني الراشد ", "التي ", "بحسب ", "من ", "يذكر ", "لـ", "د. ", "8:30 ",
     "وأن "]
)  # fmt: skip


def is_sound(one: TextField, found: list[Quotation]) -> None:
    end = 0
    for quotation in found:
        assert end <= quotation.start < quotation.end <= len(one.text)
        assert quotation.text == one.text[quotation.start : quotation.end]
        assert quotation.text == quotation.text.strip()
        assert quotation.speaker is None or quotation.speaker.strip()
        end = quotation.end


@given(st.text(), st.sampled_from(["title", "body"]))
def test_any_text(text: str, name: str) -> None:
    one = field(text, name)
    is_sound(one, quotations(one, []))


@given(st.lists(_PIECES, max_size=60).map("".join), st.sampled_from(["title", "body"]))
def test_any_order_of_what_matters(text: str, name: str) -> None:
    one = field(text, name)
    is_sound(one, quotations(one, entities(one)))


@pytest.mark.parametrize(
    "unit",
    ["قال ", "قال أن ", '" ', "«", "قال: ", "قال (أ ", "قال، مؤكدا أن ", "قوله عن ",
     "بحسب «أ ب ج د» ", "«قال» ", "شكا محمد، مؤكدا أن ", "قال “نعم ", "هاني الراشد قال ",
     'قال: "أ» ', "قال: «أ. ", '«أ" ب: "ج» ', "توقف السير هنا أمس، حسب ما قال فلان "],
)  # fmt: skip
def test_the_time_grows_with_the_length(unit: str) -> None:
    def seconds(length: int) -> float:
        one = field(unit * (length // len(unit)))
        names = entities(one) if "الراشد" in unit and length < 3000 else []
        started = time.process_time()
        quotations(one, names)
        return time.process_time() - started

    seconds(1000)
    short = min(seconds(20_000) for _ in range(3))
    long = min(seconds(160_000) for _ in range(4))  # the machine has other work, too
    assert long < 8 * 6 * max(short, 0.005)  # 8 * 8 if it grew with the square
