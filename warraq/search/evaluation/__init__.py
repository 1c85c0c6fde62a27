"""Measuring the search on collections with known answers, beside Elasticsearch's own analyzers.

`beir` reads and writes collections, `systems` are what is compared, `scores` what it comes to,
`evaluate` puts them together. Needs the extra `evaluate`.
"""
