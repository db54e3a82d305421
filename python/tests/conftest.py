"""The index that most tests search: the minutes of the repository."""

from pathlib import Path

import gijiroku
import pytest

PROJECT = Path(__file__).resolve().parents[1]
MINUTES = PROJECT.parent / "data" / "minutes"


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """A folder as a reader of the documentation has it: with `minutes` and `index`."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "minutes").symlink_to(MINUTES)
    gijiroku.Index(folder / "index").add(folder / "minutes")
    return folder


@pytest.fixture(scope="session")
def searcher(built):
    return gijiroku.open(built / "index")


@pytest.fixture
def index():
    """An index without opinions."""
    return gijiroku.Index()
