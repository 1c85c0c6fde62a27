"""Search: from what people type to articles with the passages that matched.

    from warraq.search import Searcher

    with Searcher.connect("http://127.0.0.1:9200", api_key=key) as searcher:
        results = searcher.search("طرابلس", size=10)  # Tripoli

`query` parses, `request` asks Elasticsearch, `marked` and `passages` lead its highlights back to
the original text, `results` is what comes out, `spelling` suggests another query, `completion`
what one that was begun may become, `searcher` joins them.
"""

from warraq.search.completion import Completion
from warraq.search.passages import Passage, Repaired, pieces
from warraq.search.query import BadQuery, Query, as_articles, parse
from warraq.search.results import Hit, Results
from warraq.search.searcher import Searcher

__all__ = [
    "BadQuery",
    "Completion",
    "Hit",
    "Passage",
    "Query",
    "Repaired",
    "Results",
    "Searcher",
    "as_articles",
    "parse",
    "pieces",
]
