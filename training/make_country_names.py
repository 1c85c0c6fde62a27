"""English names of countries, for `country:Libya` → warraq/data/places/countries-in-english.tsv.

    .venv/bin/python -m training.make_country_names

From CLDR (Unicode licence) by way of Babel, short and variant forms too, and from pycountry
(iso-codes, LGPL 2.1 or later); of the countries that `countries.tsv` names in Arabic.
"""

from __future__ import annotations

import pycountry
from babel import Locale

from training.place_sources import rows
from warraq.analysis.entities.gazetteer import FOLDER

_BESIDES = {
    "AE": ("UAE", "Emirates"),
    "CD": ("DR Congo", "DRC"),
    "CZ": ("Czech Republic",),
    "GB": ("Britain", "Great Britain", "England", "UK"),
    "KR": ("South Korea",),
    "KP": ("North Korea",),
    "MM": ("Burma",),
    "PS": ("Palestine",),
    "SA": ("KSA",),
    "SZ": ("Swaziland",),
    "TR": ("Turkey",),
    "US": ("USA", "US", "America"),
}


def main() -> None:
    territories = Locale.parse("en").territories
    lines = []
    for code, _, _ in rows("countries.tsv"):
        known = pycountry.countries.get(alpha_2=code)
        names = [territories[code].replace("&", "and")]
        if known:
            names += [getattr(known, "common_name", known.name), known.alpha_3]
        names += _BESIDES.get(code, ())
        lines.append(f"{code}\t{'|'.join(dict.fromkeys(names))}\n")
    (FOLDER / "countries-in-english.tsv").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
