"""Joined words: two or more words whose space was lost, جنوبيطرابلس for جنوبي طرابلس.

A token that the lexicon does not know is read as a chain of words that it does know
(`segmentations`); what speaks for each such reading and against it is put into numbers
(`evidence`); a model made by `python -m training.make_joins` weighs them (`decision`). `finding`
goes through an article and makes edits of what is found.
"""

from warraq.text.joins.finding import RECOMMENDED, SAFE, JoinedWords

__all__ = ["RECOMMENDED", "SAFE", "JoinedWords"]
