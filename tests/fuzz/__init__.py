"""Fuzzing: what strangers may send, made up by the million, against what must hold all the same.

`targets.py` lists what is tried, `python -m tests.fuzz` tries it under atheris, which keeps the
inputs that reach new code. What was found stands in `findings/` and is tried in every test run.
"""
