"""Which place a name means: by its article, by its neighbours, by its own words."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.analysis.entities.gazetteer import shipped_gazetteer
from warraq.analysis.entities.places import PlaceMention, ResolvedPlace, resolve_places
from warraq.annotations import TextField
from warraq.text.tokens import sentences, tokens


def text_field(name: str, text: str) -> TextField:
    return TextField(name, text, tokens(text), sentences(text))


def mention(fields: list[TextField], field: int, name: str) -> PlaceMention:
    """The first place where `name` stands in a field."""
    start = fields[field].text.index(name)
    end = start + len(name)
    touched = [
        number
        for number, token in enumerate(fields[field].tokens)
        if token.start < end and start < token.end
    ]
    return PlaceMention(field, touched[0], touched[-1] + 1, start, end)


def resolved(body: str, name: str, title: str = "") -> ResolvedPlace:
    fields = [text_field("title", title), text_field("body", body)]
    (place,) = resolve_places(fields, [mention(fields, 1, name)])
    return place


@pytest.mark.parametrize(
    ("body", "name", "country"),
    [
        # By how many people live there, where nothing else is said.
        ("زار الوفد مدينة طرابلس أمس.", "طرابلس", "LY"),
        ("وصل إلى باريس مساء اليوم.", "باريس", "FR"),
        ("عاد من موسكو.", "موسكو", "RU"),
        # By the countries that the article names.
        ("قال الجيش اللبناني إن طرابلس هادئة، والحركة في بيروت عادية.", "طرابلس", "LB"),
        ("تقدم الجيش الليبي نحو طرابلس.", "طرابلس", "LY"),
        ("قصفت القوات اليمنية مواقع في الجوف ومأرب.", "الجوف", "YE"),
        ("افتتح أمير منطقة الجوف مشروعا في سكاكا.", "الجوف", "SA"),
        ("قال وزير الخارجية الأردني في عمان إن بلاده ترحب بالاتفاق.", "عمان", "JO"),
        ("وصل السلطان إلى صلالة في عمان، وكان في مسقط.", "عمان", "OM"),
        ("سقطت صواريخ على مدينة صور في جنوب لبنان.", "صور", "LB"),
        ("زار والي صور في سلطنة عمان الميناء.", "صور", "OM"),
        # By what stands right beside the name.
        ("ولد في باريس، تكساس، وعاش في لندن.", "باريس", "US"),
        ("ضربت العاصفة ولاية جورجيا الأميركية.", "جورجيا", "US"),
        ("وصل الرئيس إلى تبليسي عاصمة جورجيا.", "جورجيا", "GE"),
        ("في العاصمة الليبية طرابلس، لا في بيروت أو صيدا أو زحلة.", "طرابلس", "LY"),
        # A list is no such neighbour: "Washington and Moscow and London welcomed it".
        ("رحبت واشنطن وموسكو ولندن بالاتفاق الأميركي.", "موسكو", "RU"),
        # Little known, but known: no article about China makes it Chinese.
        ("فازت الصينية لي نا في ويمبلدون، وقالت الصين إنها فخورة.", "ويمبلدون", "GB"),
        # In none or several.
        ("مياه البحر الأحمر دافئة.", "البحر الأحمر", None),
        ("في الشرق الأوسط.", "الشرق الأوسط", None),
        ("نهر النيل يمر بالخرطوم.", "نهر النيل", None),
        # Old and press names.
        ("منتخب إنجلترا", "إنجلترا", "GB"),
        ("قطاع غزة", "قطاع غزة", "PS"),
        ("القدس المحتلة", "القدس المحتلة", "PS"),
        ("بلاد الحرمين", "بلاد الحرمين", "SA"),
    ],
)
def test_a_name_means_the_place_its_article_is_about(
    body: str, name: str, country: str | None
) -> None:
    assert resolved(body, name).country == country


@pytest.mark.parametrize(
    ("body", "name", "country"),
    [
        # By their own words.
        ("أغلق مطار طرابلس أمس وأعلن الجيش الليبي ذلك.", "مطار طرابلس", "LY"),
        ("افتتح جامع الرياض الكبير.", "جامع الرياض الكبير", "SA"),
        # By the place beside them, though most of the article is about another country.
        ("شب حريق في حي الورود بالدمام. وقالت مصر إن القاهرة تتابع.", "حي الورود", "SA"),
        ("تقدم نحو حي صلاح الدين جنوب طرابلس، وأعلن الجيش الليبي ذلك.", "حي صلاح الدين", "LY"),
        # Named after another country: where it is, the article says.
        ("ازدحم شارع فلسطين في جدة.", "شارع فلسطين", "SA"),
        # By the country that the article is about.
        ("قالت الشرطة المصرية إن منطقة التومة في سيناء هادئة.", "التومة", "EG"),
        # Nothing says it.
        ("وقع حادث في حي الورود.", "حي الورود", None),
    ],
)
def test_a_name_that_no_gazetteer_has_lies_where_its_context_says(
    body: str, name: str, country: str | None
) -> None:
    fields = [text_field("title", ""), text_field("body", body)]
    others = [
        PlaceMention(1, match.first, match.last, token.start + match.proclitics, token.end)
        for match in shipped_gazetteer().matches([token.key for token in fields[1].tokens])
        if match.prior > 0.5 and match.last == match.first + 1
        for token in [fields[1].tokens[match.first]]
    ]
    asked = mention(fields, 1, name)
    others = [one for one in others if one.last <= asked.first or asked.last <= one.first]
    places = sorted([asked, *others])
    found = resolve_places(fields, places)[places.index(asked)]
    assert (found.name, found.country) == (name, country)


def test_one_sense_an_article() -> None:
    fields = [
        text_field("title", "اشتباكات في طرابلس"),
        text_field("body", "قتل جندي في طرابلس شمال لبنان. وقال الجيش اللبناني إن طرابلس هادئة."),
    ]
    body = [token.form for token in fields[1].tokens]
    places = [mention(fields, 0, "طرابلس")] + [
        PlaceMention(1, number, number + 1, token.start, token.end)
        for number, token in enumerate(fields[1].tokens)
        if body[number] == "طرابلس"
    ]
    assert {place.country for place in resolve_places(fields, places)} == {"LB"}


def test_a_small_town_of_the_same_name_elsewhere_is_not_meant() -> None:
    # A village in Sinai; the gazetteer has a town of that name in Tunisia.
    place = resolved("قتل الجيش المصري ثلاثة في المهدية، وقالت مصر إن سيناء آمنة.", "المهدية")
    assert (place.country, place.kind) == ("EG", None)


def test_variants_have_one_name_and_coordinates() -> None:
    one, two = resolved("في أمريكا", "أمريكا"), resolved("في الولايات المتحدة", "الولايات المتحدة")
    assert one == two
    assert one.name == "الولايات المتحدة"
    assert one.coordinates is not None


def test_the_name_stands_without_clitics_and_vowel_signs() -> None:
    assert resolved("بحيّ الورود في جدة", "حيّ الورود").name == "حي الورود"
    assert resolved("وبطرابلس", "طرابلس").name == "طرابلس"
    assert resolved("سافر للرياض", "لرياض").name == "الرياض"


def test_nothing_asked_is_nothing_found() -> None:
    assert resolve_places([text_field("title", ""), text_field("body", "")], []) == []
    assert resolve_places([], []) == []


_WORDS = ["في", "الرياض", "وجدة", "طرابلس", "لبنان", "حي", "النور", "،", "السعودية", "8", "x"]


@given(st.lists(st.sampled_from(_WORDS)))
def test_any_mentions_have_an_answer_each(words: list[str]) -> None:
    field = text_field("body", " ".join(words))
    places = [
        PlaceMention(0, number, number + 1, token.start, token.end)
        for number, token in enumerate(field.tokens)
    ]
    found = resolve_places([field], places)
    assert len(found) == len(places)
    assert all(place.name for place in found)


def test_an_article_of_ten_thousand_names_takes_no_square_of_that() -> None:
    def seconds(times: int) -> float:
        field = text_field("body", "قال في طرابلس وبيروت وحي النور إن مصر " * times)
        places = [
            PlaceMention(0, number, number + 1, token.start, token.end)
            for number, token in enumerate(field.tokens)
        ]
        start = time.process_time()
        resolve_places([field], places)
        return time.process_time() - start

    seconds(100)
    assert seconds(4000) < 40 * max(0.01, seconds(400))
