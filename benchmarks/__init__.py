"""Measurements that a person can repeat: `make bench`, and `python -m benchmarks.enqueue` alone."""
