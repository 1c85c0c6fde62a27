"""More than a thousand distinct bad inputs, sent through the real inbox, steps and index.

`python -m tests.bad_inputs --list` prints the table of them: kind → outcome → how many.
"""
