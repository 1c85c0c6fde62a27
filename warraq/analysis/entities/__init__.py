"""Persons, organizations and places: found, typed, merged inside the article, placed on the map."""
