"""Scripts that make what is in warraq/data, and measure it, from public corpora; repeatable."""
