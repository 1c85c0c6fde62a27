"""What may not happen: each test is named in docs/threat-model.md."""
