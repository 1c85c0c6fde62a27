"""Operating it: how it stands, what is wrong with it, backup, retention."""
