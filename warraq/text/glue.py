"""Glue: spaces that were lost beside a number or a punctuation mark, put back.

Both repairs only insert spaces, so a wrong one can lose nothing. They never act on the same place:
the one looks at the borders between digits and letters, the other at punctuation marks.
"""

from __future__ import annotations

from warraq.text.glued_numbers import glued_numbers
from warraq.text.glued_punctuation import glued_punctuation

__all__ = ["glued_numbers", "glued_punctuation"]
