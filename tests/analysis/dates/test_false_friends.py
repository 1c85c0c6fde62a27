"""What looks like a date and is none. It matters more than what is one."""

from __future__ import annotations

import pytest

from tests.analysis.dates.reading import read


@pytest.mark.parametrize(
    "text",
    [
        "مارس الرياضة عشرين عاما",  # practised
        "من مارس هذه المهنة عرفها",
        "أب لثلاثة أولاد",  # a father
        "فتح الباب أمام الجميع",  # the door
        "طرق باب الوزير",
        "سيارة نيسان بيضاء",  # Nissan
        "لا أحد يعرف",  # nobody
        "سوق الخميس في طرابلس",  # a market
        "مدينة خميس مشيط",
        "خطبة الجمعة في الحرم",  # the Friday sermon
        "الفرق بين الاثنين كبير",  # the two
        "محمد رمضان في فيلم جديد",  # a person
        "الرئيس رمضان قاديروف",
        "لحق به رجب وسجل هدفا",
        "انتهت المباراة 6-صفر",  # nought
        "فاز الفريق 2 - صفر",
        "صحيفة اليوم السعودية",  # newspapers
        "ذكرت «اليوم» أن",
        "جريدة اليوم السابع",
        "اليوم الوطني للمملكة",  # the National Day
        "في اليوم التالي",  # the day after
        "ذلك اليوم البعيد",
        "ثلاث وجبات في اليوم",  # a day
        "شباب اليوم",  # of today
        "نحن في أمسّ الحاجة إليه",  # the direst need
        "غدت المدينة جميلة",  # became
        "تلك الليلة",
        "لمدة ثلاثة أيام",  # how long
        "استمر خمس سنوات",
        "عمره 27 عاما",  # ages
        "في الأربعين من عمره",
        "في الثلاثينيات من عمره",
        "مدير عام الشركة",  # general
        "بشكل عام",
        "الأمين العام للحزب",
        "أهل السنة والجماعة",  # Sunni
        "كل عام وأنتم بخير",
        "فاز 2-1",  # scores, fractions, prices, numbers
        "بنتيجة 3/1",
        "نسبة 3/4 السكان",
        "بلغ السعر 2015 ريالا",
        "أكثر من 2000 شخص",
        "ارتفع إلى 1959 فرعا",
        "على ارتفاع 2000 قدم",
        "سباق 1500م",
        "هاتف 0112015007",
        "القرار رقم 2015",
        "المادة 16/3/1/4",
        "الآية 12",
        "45/13/2015",  # no such days
        "31/2/2015",
        "قبل يومين من الحفل",  # before something else
        "عاما بعد عام",
        "قبل زفافها بأسبوع",
        "بعد عام على الحادث",
        "وسط البلد",  # the middle of a town
        "نهاية المباراة",
        "العام الدراسي",
        "ربيع الحياة",  # of life
        "الربيع العربي",
        "الفترة المقبلة",
        "الساعة الثامنة مساء",  # the hour alone
        "حرارة في الأربعينات المئوية",
        "يوميا وشهريا",
    ],
)
def test_a_false_friend_is_held_back(text: str) -> None:
    for published_or_not in (text, f"{text}.", f"قيل إن {text} هنا"):
        assert read(published_or_not) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # the same words where they do tell a day
        ("في مارس الماضي", ["مارس الماضي"]),
        ("في آب 2014", ["آب 2014"]),
        ("4 آب", ["4 آب"]),
        ("يوم الجمعة", ["يوم الجمعة"]),
        ("اليوم الجمعة 17 يوليو 2015", ["اليوم الجمعة 17 يوليو 2015"]),
        ("في شهر رجب", ["شهر رجب"]),
        ("6 صفر 1436هـ", ["6 صفر 1436هـ"]),
        ("30 فبراير 2015", ["فبراير 2015"]),  # there is no such day
        ("في رمضان", ["رمضان"]),
        ("وصل اليوم الرئيس", ["اليوم"]),
        ("في الثلاثينيات من القرن الماضي", ["الثلاثينيات من القرن الماضي"]),
    ],
)
def test_the_same_words_are_read_where_they_tell_a_day(text: str, found: list[str]) -> None:
    assert [words for words, _ in read(text)] == found
