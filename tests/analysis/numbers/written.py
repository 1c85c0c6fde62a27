"""Writes numbers in Arabic words, as newspapers spell them, to try the reader on every one."""

from __future__ import annotations

from dataclasses import dataclass

_FEMININE = ("", "واحدة", "اثنتان", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع")
_MASCULINE = ("", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة")
_TEENS = ("", "أحد", "اثنا", *_MASCULINE[3:])
_FEMININE_TEENS = ("", "إحدى", "اثنتا", *(*_FEMININE[3:8], "ثماني", "تسع"))
_STEMS = ("", "", "عشر", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع")
_SCALES = (
    (10**9, "مليار", "ملياران", "مليارين", "مليارات"),
    (10**6, "مليون", "مليونان", "مليونين", "ملايين"),
    (10**3, "ألف", "ألفان", "ألفين", "آلاف"),
)


@dataclass(frozen=True)
class Manner:
    """feminine: of what the last units count. oblique: عشرين for عشرون. hundred: مئة or مائة.
    parted: ثلاث مئة for ثلاثمئة. accusative: ألفا for ألف behind 11 to 99.
    """

    feminine: bool = False
    oblique: bool = False
    hundred: str = "مئة"
    parted: bool = False
    accusative: bool = False

    def write(self, number: int) -> str:
        """`number`, 1 to 10**12 - 1, in words."""
        parts = []
        for scale, one, two, two_oblique, many in _SCALES:
            count, number = divmod(number, scale)
            if count == 1:
                parts.append(one)
            elif count == 2:
                parts.append(two_oblique if self.oblique else two)
            elif count:
                word = many if 3 <= count % 100 <= 10 else one
                if self.accusative and count % 100 > 10:
                    word += "ا"
                parts.append(f"{self._below_thousand(count, feminine=False)} {word}")
        if number:
            parts.append(self._below_thousand(number, feminine=self.feminine))
        return " و".join(parts)

    def _below_thousand(self, number: int, *, feminine: bool) -> str:
        hundreds, rest = divmod(number, 100)
        parts = []
        if hundreds == 1:
            parts.append(self.hundred)
        elif hundreds == 2:
            parts.append(self.hundred[:-1] + ("تين" if self.oblique else "تان"))
        elif hundreds:
            parts.append(_FEMININE[hundreds] + " " * self.parted + self.hundred)
        if rest:
            parts.append(self._below_hundred(rest, feminine=feminine))
        return " و".join(parts)

    def _below_hundred(self, number: int, *, feminine: bool) -> str:
        tens, units = divmod(number, 10)
        if number == 10:
            return "عشر" if feminine else "عشرة"
        if tens == 1:
            unit = (_FEMININE_TEENS if feminine else _TEENS)[units]
            if self.oblique and units == 2:
                unit = unit[:-1] + "ي"
            return f"{unit} {'عشرة' if feminine else 'عشر'}"
        unit = (_FEMININE if feminine else _MASCULINE)[units]
        if units == 2 and self.oblique:
            unit = unit[:-2] + "ين"
        ten = _STEMS[tens] + ("ين" if self.oblique else "ون") if tens else ""
        return " و".join(filter(None, (unit, ten)))
