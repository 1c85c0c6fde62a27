"""Search: from what people type to articles with the passages that matched.

    from warraq.search import Searcher

    with Searcher.connect("http://127.0.0.1:9200", api_key=key) as searcher:
        results = searcher.search("طرابلس", size=10)  # Tripoli

`query` parses (`pieces`, `fields`, `values`, `codes`, `numbers` → `terms`), `request` says what
Elasticsearch is asked for (`clauses`, `ranking`), `asking` asks it, `marked` and `passages` lead
its highlights back to the original text, `results` is what comes out, `finding` and `searcher` join
them. `order`, `facets`, `stories`, `paging` and `similar` have their subjects' names; `spelling`
suggests another query, `completion` what one that was begun may become.
"""

from warraq.search.completion import Completion
from warraq.search.facets import FACETS, Facet, Value
from warraq.search.order import HALF_LIFE, Sort
from warraq.search.paging import FIRST_PAGE
from warraq.search.passages import Passage, Repaired, pieces
from warraq.search.query import Query, as_articles, parse
from warraq.search.results import Hit, Results
from warraq.search.searcher import Searcher
from warraq.search.terms import BadQuery

__all__ = [
    "FACETS",
    "FIRST_PAGE",
    "HALF_LIFE",
    "BadQuery",
    "Completion",
    "Facet",
    "Hit",
    "Passage",
    "Query",
    "Repaired",
    "Results",
    "Searcher",
    "Sort",
    "Value",
    "as_articles",
    "parse",
    "pieces",
]
