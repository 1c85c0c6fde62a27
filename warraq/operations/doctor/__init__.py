"""What is wrong, and what to do about it: checks that look and change nothing.

A check is one function that takes the `Site` and yields a `Finding` for each thing that is wrong,
nothing where all is well. It stands in a list: `CHECKS` of `redis`, `work`, `elasticsearch` and
`machine`. What a check may not see with the rights at hand it says, too.
"""
