"""Names typed in Latin letters find Arabic ones, and the other way about, on a real index."""

from __future__ import annotations

import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.search.shelf import Shelf
from warraq.search.results import Hit, ReadAs
from warraq.text.romanization.meaning import nearest

HAFTAR = "قال المشير خليفة حفتر إن قواته تتقدم نحو العاصمة الليبية طرابلس."
"""Marshal Khalifa Haftar said that his forces advance on the Libyan capital, Tripoli."""
SARRAJ = "التقى رئيس المجلس الرئاسي فايز السراج المبعوث الأممي غسان سلامة في تونس."
"""Fayez al-Sarraj, head of the Presidential Council, met the UN's envoy Ghassan Salamé in Tunis."""
SALMAN = "استقبل ولي العهد الأمير محمد بن سلمان وزير الخارجية في الرياض."
"""Crown Prince Mohammed bin Salman received the foreign minister in Riyadh."""
OTHERS = "التقى محمد الهاشمي في الرياض سلمان العودة، وبن حمد معهما."
"""The words of his name, of other people."""


def marked(hit: Hit) -> list[str]:
    return [piece for passage in hit.passages for piece, is_marked in passage.pieces() if is_marked]


@pytest.mark.parametrize(
    ("typed", "body", "found"),
    [
        ("Haftar", HAFTAR, ["حفتر"]),
        ("haftar", HAFTAR, ["حفتر"]),
        ("Hafter", HAFTAR, ["حفتر"]),
        ("Khalifa Haftar", HAFTAR, ["خليفة", "حفتر"]),
        ("Tripoli", HAFTAR, ["طرابلس"]),
        ("Haftar Tripoli", HAFTAR, ["حفتر", "طرابلس"]),
        ("al-Sarraj", SARRAJ, ["السراج"]),
        ("as-Sarraj", SARRAJ, ["السراج"]),
        ("Sarraj", SARRAJ, ["السراج"]),
        ("Ghassan Salamé", SARRAJ, ["غسان", "سلامة"]),
        ("Mohammed bin Salman", SALMAN, ["محمد", "بن", "سلمان"]),
        ("Riyad", SALMAN, ["الرياض"]),
    ],
)
def test_a_name_in_latin_letters_finds_and_marks_the_arabic_one(
    shelf: Shelf, typed: str, body: str, found: list[str]
) -> None:
    own = shelf.put(body).article.own_id
    shelf.put("خبر عن الطقس لا صلة له بما سبق.")  # about the weather
    results = shelf.search(typed)
    assert [hit.article_id for hit in results.hits] == [own]
    assert marked(results.hits[0]) == found
    assert [name.typed for name in results.read_as] == [typed]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ('"Khalifa Haftar"', ["خليفة", "حفتر"]),
        ("«Haftar» طرابلس", ["حفتر", "طرابلس"]),
        ("person:Haftar", ["حفتر"]),
        ('person:"Khalifa Haftar"', ["خليفة", "حفتر"]),
        ("place:Tripoli", ["طرابلس"]),
        ("Haftar OR Sarraj", ["حفتر"]),
        ("العاصمة person:Hafter OR place:Tunis", ["حفتر"]),
    ],
)
def test_names_in_latin_letters_are_read_in_phrases_and_fields(
    shelf: Shelf, typed: str, found: list[str]
) -> None:
    own = shelf.put(HAFTAR).article.own_id
    shelf.put(SALMAN)
    results = shelf.search(typed)
    assert [hit.article_id for hit in results.hits if not hit.partial] == [own]
    assert marked(results.hits[0])[: len(found)] == found


def test_the_order_of_a_phrase_holds_for_what_it_is_read_as(shelf: Shelf) -> None:
    shelf.put(HAFTAR)
    assert shelf.found('"Haftar Khalifa"') == shelf.found('person:"Haftar Khalifa"') == []
    assert shelf.search('"Khalifa Haftar"').read_as == (ReadAs("Khalifa Haftar", ("خليفة حفتر",)),)


def test_a_name_in_quotation_marks_is_no_other_of_its_stem(shelf: Shelf) -> None:
    own = shelf.put("قال إياد علاوي إنه باق.").article.own_id  # Iyad Allawi said that he stays
    shelf.put("قال علي إنه باق، وقالت علاوية ذلك.")
    assert shelf.found('"Allawi"') == shelf.found("Allawi OR Zbigniew") == [own]


def test_a_field_with_a_name_leaves_out_its_articles(shelf: Shelf) -> None:
    shelf.put(HAFTAR)
    other = shelf.put("العاصمة الليبية بلا كهرباء.").article.own_id  # the capital has no power
    assert shelf.found("العاصمة -person:Haftar") == [other]


def test_the_answer_says_what_was_read(shelf: Shelf) -> None:
    shelf.put(HAFTAR)
    assert shelf.search("Khalifa Haftar").read_as == (ReadAs("Khalifa Haftar", ("خليفة حفتر",)),)
    assert shelf.search("حفتر").read_as == ()


def test_words_in_both_scripts_must_both_be_there(shelf: Shelf) -> None:
    both = shelf.put(HAFTAR).article.own_id
    shelf.put(SARRAJ)
    assert shelf.found("Haftar طرابلس") == shelf.found("طرابلس Haftar") == [both]
    assert shelf.found("Haftar تونس") == []
    assert shelf.found("Haftar -طرابلس") == []


def test_the_words_of_a_name_side_by_side_come_first(shelf: Shelf) -> None:
    others = shelf.put(OTHERS * 3).article.own_id
    own = shelf.put(SALMAN).article.own_id
    assert shelf.found("Mohammed bin Salman") == [own, others]


def test_words_of_english_are_a_name_side_by_side_alone(shelf: Shelf) -> None:
    own = shelf.put("نقلت صحيفة ديلي ميل عن مصادرها أن جون ميل وسامي ديلي بخير.").article.own_id
    shelf.put("زار جون ميل صديقه سامي ديلي في لندن.")  # John Mill, Sami Daly
    assert shelf.found("Daily Mail") == [own]
    assert shelf.search("daily mail").read_as == ()


def test_a_name_with_and_or_for_written_onto_it_is_found(shelf: Shelf) -> None:
    shelf.put(HAFTAR)
    own = shelf.put("اجتمع بالوفد، ولحفتر رأي آخر.").article.own_id  # and Haftar thinks otherwise
    assert own in shelf.found("Haftar")


def test_latin_letters_in_an_article_come_first(shelf: Shelf) -> None:
    arabic = shelf.put(HAFTAR).article.own_id
    latin = shelf.put("نقلت الصحيفة عن Haftar قوله إنه باق.").article.own_id
    assert shelf.found("Haftar") == [latin, arabic]


def test_a_brand_is_what_it_is(shelf: Shelf) -> None:
    own = shelf.put("أعلنت الشركة هاتف iPhone الجديد.").article.own_id  # the company's new phone
    shelf.put(HAFTAR)
    results = shelf.search("iPhone")
    assert [hit.article_id for hit in results.hits] == [own]
    assert results.read_as == ()


@pytest.mark.parametrize(
    "typed", ["bread", "UNHCR", "USB", "km", "iphone6", "www.example.org", "Vii Viii"]
)
def test_words_that_are_no_names_are_not_read(shelf: Shelf, typed: str) -> None:
    shelf.put("قال خالد البريد وسامي برد إن عنابة وعسبي بخير.")  # names that sound like them
    assert shelf.search(typed).read_as == ()


def test_a_part_that_is_not_found_leaves_the_others_near(shelf: Shelf) -> None:
    own = shelf.put(HAFTAR).article.own_id
    results = shelf.search("Zbigniew Haftar")
    assert [(hit.article_id, hit.near) for hit in results.hits] == [(own, True)]
    assert results.total == 0


@pytest.mark.parametrize(
    ("typed", "latin"),
    [
        ("حفتر", "Haftar"),
        ("السراج", "al-Sarraj"),
        ("طرابلس", "Tripoli"),
        ("القذافي", "Kadhafi"),
        ("خليفة حفتر", "Khalifa Haftar"),
        ("مصطفى", "Mustapha"),
    ],
)
def test_an_arabic_name_finds_latin_letters(shelf: Shelf, typed: str, latin: str) -> None:
    own = shelf.put(f"ورد في الصحيفة الإيطالية اسم {latin} ثلاث مرات.").article.own_id
    shelf.put("خبر بلا أسماء فيه iPhone وNATO وThe Guardian.")
    [hit] = shelf.search(typed).hits
    assert (hit.article_id, hit.near) == (own, False)
    assert " ".join(marked(hit)) == latin.removeprefix("al-").replace("-", " ")


def test_an_arabic_name_in_arabic_letters_comes_first(shelf: Shelf) -> None:
    latin = shelf.put("نقلت الصحيفة عن Haftar قوله إنه باق.").article.own_id
    arabic = shelf.put(HAFTAR).article.own_id
    assert shelf.found("حفتر") == [arabic, latin]


@pytest.mark.parametrize(
    ("latin", "counts", "known", "words"),
    [
        ("haftar", {"حفتر": 3, "هفوات": 1}, (), ["حفتر"]),
        ("iran", {"ارعن": 1, "إيران": 91}, (), ["إيران", "ارعن"]),
        ("hassan", {"حسن": 80, "حسان": 1}, (), ["حسن", "حسان"]),
        ("issa", {"أليسا": 8, "عيسى": 18}, (), ["عيسى", "أليسا"]),
        ("obama", {"أوباما": 9, "اوباما": 4}, (), ["أوباما"]),
        ("david", {"داود": 9}, ("ديفيد",), ["ديفيد"]),
        ("haftar", {}, (), []),
    ],
)
def test_the_nearest_and_commonest_is_meant(
    latin: str, counts: dict[str, int], known: tuple[str, ...], words: list[str]
) -> None:
    found = nearest(latin, counts, known)
    assert [one.text for one in found] == words
    assert all(0 < one.weight <= 1 for one in found)


def test_where_articles_have_the_latin_word_arabic_ones_must_be_almost_so() -> None:
    counts = {"عفان": 3, "أيفون": 2}
    assert [one.text for one in nearest("iphone", counts)] == ["عفان", "أيفون"]
    assert nearest("iphone", counts, itself=10) == ()
    spellings = {"أيفون": 6, "ايفون": 6}  # one word, in two spellings
    assert [one.text for one in nearest("iphone", spellings, itself=10)] == ["أيفون"]
    assert [one.text for one in nearest("haftar", {"حفتر": 9}, itself=10)] == ["حفتر"]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(string.ascii_letters + " -'’\"éçş" + "حفتر", max_size=120))
def test_whatever_is_typed_is_searched_for(shelf_of_module: Shelf, typed: str) -> None:
    results = shelf_of_module.search(typed)
    assert all(name.arabic and name.typed in typed for name in results.read_as)
