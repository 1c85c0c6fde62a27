"""The demonstration: all of Warraq on this machine, with sample articles of its own."""
