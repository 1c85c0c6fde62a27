"""Numbers and quantities: what is counted, paid and measured in an article, and how much of it."""
