"""Warraq: Arabic articles in, repaired, analysed and found.

The tree shows an article's way: `sources` → `inbox` → `text` → `analysis` → `index` → `search`.
`delivery` joins the middle of it: one batch from the inbox to the index.
"""
