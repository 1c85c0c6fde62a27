"""Lists of names, for `training.make_entities`: our own, Faker's, and titles of articles.

`names/` holds our own: classes of words, first and family names, organizations. Titles are those
of an encyclopedia whose first sentences say what the article is about (ولد, was born; هي شركة, is a
company).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from training.corpus import texts
from warraq.text.normalize import fold

FOLDER = Path(__file__).parent / "names"


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


_CALLINGS = _words(
    "سياسي لاعب ممثل مغني مغن مطرب كاتب شاعر مخرج رئيس ملك عالم مؤرخ فيلسوف فنان صحفي صحافي "
    "روائي رسام موسيقي ملحن طبيب مهندس قائد إمبراطور محامي محام داعية إعلامي مذيع ضابط أديب "
    "فقيه صحابي رياضي ملاكم مصارع عداء سباح مدرب دبلوماسي أمير بابا أسقف بطريرك مفكر ناشط "
    "اقتصادي عازف منتج"
)
_CALLING = "|".join(f"{one}ة?" for one in sorted(_CALLINGS))
_PERSON = re.compile(
    r"(?:^|[\s(،])(?:ولد|ولدت|مواليد|وُلد|وُلدت)(?=[\s،:])"
    rf"|(?:^|\s)(?:هو|هي|كان|كانت)\s+(?:\w+\s+)?(?:{_CALLING})(?=[\s،.])"
    rf"|\)\s*[،,-]?\s*(?:هو\s+|هي\s+)?(?:{_CALLING})(?=[\s،.])"
)
_NO_PERSON = _words(
    "نادي منتخب حزب حركة مسجد شركة وزارة جامعة قناة فريق نظام جبهة تنظيم قائمة مدينة دوري "
    "كأس بطولة فرقة مجلس اتحاد جماعة معركة ثورة فيلم مسلسل قصر مدرسة"
)
_ORGANIZATION = _words(
    "نادي منتخب حزب حركة شركة وزارة جامعة قناة صحيفة جريدة مجلة بنك منظمة هيئة مؤسسة اتحاد "
    "رابطة نقابة جبهة جماعة تنظيم وكالة معهد كلية مستشفى جمعية كتائب ميليشيا مجلس محكمة شبكة "
    "إذاعة مجموعة أكاديمية حكومة مركز لجنة الحزب الجامعة الحركة الاتحاد الجبهة المنظمة "
    "الوكالة الهيئة المجلس الجمعية المحكمة القوات الجيش الشرطة الحرس النادي"
)
_IS_ORGANIZATION = re.compile(
    r"^[^.،]{0,60}?\s(?:هي|هو|وهي|وهو)\s+(?:\w+\s+)?"
    r"(?:شركة|منظمة|حزب|نادي|ناد|قناة|صحيفة|جريدة|وكالة|بنك|جامعة|حركة|مؤسسة|مجلة)(?=[\s،.])"
)
_IS_PLACE = re.compile(
    r"^[^.،]{0,60}?\s(?:هي|هو|وهي|وهو)?\s*(?:\w+\s+)?(?:مدينة|عاصمة|قرية|بلدة|دولة|محافظة|ولاية)(?=[\s،.])"
)
_KINDS_OF_PLACE = _words("مدينة محافظة ولاية مقاطعة منطقة قرية إقليم مركز")
_MOST_WORDS = 6


@dataclass(slots=True)
class NameLists:
    """classes: folded word → its classes. first, family: names as they stand, with how often each
    was seen. persons, organizations, places: whole names as they stand. maybe_organizations:
    single words that are names of organizations and other words as well.
    """

    classes: dict[str, set[str]] = field(default_factory=dict)
    first: Counter[str] = field(default_factory=Counter)
    family: Counter[str] = field(default_factory=Counter)
    persons: list[str] = field(default_factory=list)
    organizations: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    maybe_organizations: list[str] = field(default_factory=list)

    def add(self, class_: str, word: str) -> None:
        self.classes.setdefault(fold(word), set()).add(class_)

    def add_person(self, name: str) -> None:
        """Adds a whole name, its first word to the first names and its last to the family names."""
        self.persons.append(name)
        first, *rest = name.split()
        if rest:
            self.add("first", first)
            self.add("family", rest[-1])
            self.first[first] += 1
            self.family[rest[-1]] += 1


def titled(corpus: Path) -> Iterator[tuple[str, str]]:
    """The title of each article without what is in brackets, and how its text begins."""
    for text in texts(corpus):
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        if len(lines) > 1:
            yield re.sub(r"\s*\(.*", "", lines[0]), " ".join(lines[1:3])[:260]


def name_lists(corpus: Path) -> NameLists:
    """All lists together, with the titles of `corpus`."""
    lists = NameLists()
    for line in (FOLDER / "classes.tsv").read_text(encoding="utf-8").splitlines():
        class_, words = line.split("\t")
        for word in words.split():
            lists.add(class_, word)
    for line in (FOLDER / "names.tsv").read_text(encoding="utf-8").splitlines():
        class_, words = line.split("\t")
        for word in words.split():
            lists.add(class_, word)
            getattr(lists, class_)[word] += 3
    for name in _lines("persons.txt"):
        lists.add_person(name)
    lists.maybe_organizations += _lines("maybe-organizations.txt")
    lists.organizations += _lines("organizations.txt")
    for name in lists.maybe_organizations:
        lists.add("maybeorg", name)
    _add_faker(lists)
    _add_titles(lists, corpus)
    return lists


def _lines(file: str) -> list[str]:
    """The names in `file` of our own lists, without the lines that say what they are of."""
    lines = (FOLDER / file).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and line[0] != "#"]


def _add_faker(lists: NameLists) -> None:
    from faker.providers.person import ar_AA, ar_DZ, ar_PS, ar_SA  # noqa: PLC0415

    for module in (ar_AA, ar_DZ, ar_PS, ar_SA):
        provider = module.Provider
        for name in (*provider.first_names_male, *provider.first_names_female):
            for word in name.split()[:1]:
                lists.add("first", word)
            lists.first[name] += 1
        for name in provider.last_names:
            lists.add("family", name.split()[-1])
            lists.family[name] += 1


def _add_titles(lists: NameLists, corpus: Path) -> None:
    for title, beginning in titled(corpus):
        words = title.split()
        if not words or len(words) > _MOST_WORDS or re.search(r"[\d:.,،]", title):
            continue
        if words[0] in _ORGANIZATION or (_IS_ORGANIZATION.search(beginning)):
            if not words[0].startswith("قائمة"):
                lists.organizations.append(title)
        elif _IS_PLACE.search(beginning) and len(words) <= 2:
            if words[0] not in _KINDS_OF_PLACE:
                lists.places.append(title)
        elif _PERSON.search(beginning) and words[0] not in _NO_PERSON:
            lists.add_person(title)
