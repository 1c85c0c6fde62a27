from __future__ import annotations

from collections.abc import Iterator

import pytest

from config.settings import Settings
from tests.search.shelf import Shelf, shelf_on


@pytest.fixture(scope="module")
def shelf_of_module(settings: Settings) -> Iterator[Shelf]:
    with shelf_on(settings) as shelf:
        yield shelf


@pytest.fixture
def shelf(shelf_of_module: Shelf) -> Shelf:
    """An empty index for each test."""
    shelf_of_module.empty()
    return shelf_of_module
