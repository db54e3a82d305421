# The types of the module; tests/test_stubs.py compares them with it.

from collections.abc import Iterable, Iterator, Mapping
from datetime import date as Date
from os import PathLike
from pathlib import Path
from typing import Any, Literal, TypeAlias, final, overload

import pandas
import polars
from typing_extensions import Self, disjoint_base

_Path: TypeAlias = str | PathLike[str]
_Texts: TypeAlias = str | Iterable[str]
_Years: TypeAlias = str | int | Iterable[str | int]
_Day: TypeAlias = str | int | Date
_Fields: TypeAlias = Mapping[str, _Texts | int | Date]
_Groups: TypeAlias = str | PathLike[str] | Iterable[str | PathLike[str]]
_Row: TypeAlias = Mapping[str, object]
_Rows: TypeAlias = _Row | Iterable[_Row] | pandas.DataFrame | polars.DataFrame
_Matching: TypeAlias = Literal["all", "any"]
_Tiers: TypeAlias = Literal["first", "any"] | None

__version__: str
__all__ = [
    "GijirokuError",
    "Hit",
    "Index",
    "IndexDamagedError",
    "IndexLockedError",
    "IndexNotFoundError",
    "IndexStateError",
    "IndexVersionError",
    "MinutesWarning",
    "Opinion",
    "QueryError",
    "RecordError",
    "Report",
    "Results",
    "Searcher",
    "SourceError",
    "Table",
    "Token",
    "UnknownValueError",
    "Writer",
    "__version__",
    "open",
    "tokenize",
]

def open(folder: _Path, *, synonyms: _Groups | None = None, related: _Groups | None = None) -> Searcher: ...
def tokenize(text: str) -> list[Token]: ...

class GijirokuError(Exception): ...
class IndexStateError(GijirokuError): ...
class IndexNotFoundError(IndexStateError): ...
class IndexLockedError(IndexStateError): ...
class IndexVersionError(IndexStateError): ...
class IndexDamagedError(IndexStateError): ...
class SourceError(GijirokuError): ...
class RecordError(GijirokuError): ...
class QueryError(GijirokuError): ...
class UnknownValueError(QueryError): ...
class MinutesWarning(UserWarning): ...

@final
class Index:
    def __new__(cls, folder: _Path | None = None) -> Self: ...
    @property
    def folder(self) -> Path: ...
    def add(self, paths: _Path | Iterable[_Path], *, strict: bool = False) -> Report: ...
    def sync(self, paths: _Path | Iterable[_Path], *, strict: bool = False) -> Report: ...
    def writer(self) -> Writer: ...
    def searcher(self, *, synonyms: _Groups | None = None, related: _Groups | None = None) -> Searcher: ...
    def __len__(self) -> int: ...

@final
class Report:
    @property
    def files(self) -> int: ...
    @property
    def meetings(self) -> int: ...
    @property
    def opinions(self) -> int: ...
    @property
    def unchanged(self) -> int: ...
    @property
    def moved(self) -> int: ...
    @property
    def gone(self) -> int: ...
    @property
    def kept(self) -> int: ...
    @property
    def upserted(self) -> int: ...
    @property
    def deleted(self) -> int: ...

@final
class Writer:
    def upsert(self, rows: _Rows) -> int: ...
    def delete(
        self,
        *,
        id: object = None,
        region: _Texts | None = None,
        section: _Texts | None = None,
        speaker: _Texts | None = None,
        meeting: _Texts | None = None,
        body: _Texts | None = None,
        year: _Years | None = None,
        date_from: _Day | None = None,
        date_to: _Day | None = None,
        party: _Texts | None = None,
        role: _Texts | None = None,
        field: _Fields | None = None,
    ) -> int: ...
    def read(self, name: str, data: bytes) -> None: ...
    def commit(self) -> Report: ...
    def rollback(self) -> None: ...
    def close(self) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(self, exception_type: type[BaseException] | None, *_exception: object) -> Literal[False]: ...

@final
class Searcher:
    @property
    def folder(self) -> Path: ...
    def search(
        self,
        query: str = "",
        *,
        region: _Texts | None = None,
        section: _Texts | None = None,
        speaker: _Texts | None = None,
        meeting: _Texts | None = None,
        body: _Texts | None = None,
        year: _Years | None = None,
        date_from: _Day | None = None,
        date_to: _Day | None = None,
        party: _Texts | None = None,
        role: _Texts | None = None,
        field: _Fields | None = None,
        matching: _Matching = "all",
        exact: bool = False,
        synonyms: bool = True,
        tiers: _Tiers = None,
        sort: str = "relevance",
        limit: int | None = 10,
        offset: int = 0,
        facets: _Texts | None = None,
        group_by: str | None = None,
        collapse: bool = False,
        neighbours: int = 0,
        explain: bool = False,
    ) -> Results: ...
    def count(
        self,
        query: str = "",
        *,
        region: _Texts | None = None,
        section: _Texts | None = None,
        speaker: _Texts | None = None,
        meeting: _Texts | None = None,
        body: _Texts | None = None,
        year: _Years | None = None,
        date_from: _Day | None = None,
        date_to: _Day | None = None,
        party: _Texts | None = None,
        role: _Texts | None = None,
        field: _Fields | None = None,
        matching: _Matching = "all",
        exact: bool = False,
        synonyms: bool = True,
        tiers: _Tiers = None,
    ) -> int: ...
    def compare(
        self,
        query: str = "",
        *,
        by: str = "region",
        across: str | None = None,
        region: _Texts | None = None,
        section: _Texts | None = None,
        speaker: _Texts | None = None,
        meeting: _Texts | None = None,
        body: _Texts | None = None,
        year: _Years | None = None,
        date_from: _Day | None = None,
        date_to: _Day | None = None,
        party: _Texts | None = None,
        role: _Texts | None = None,
        field: _Fields | None = None,
        matching: _Matching = "all",
        exact: bool = False,
        synonyms: bool = True,
        tiers: _Tiers = None,
    ) -> Table: ...
    def timeline(
        self,
        query: str = "",
        *,
        by: str = "month",
        region: _Texts | None = None,
        section: _Texts | None = None,
        speaker: _Texts | None = None,
        meeting: _Texts | None = None,
        body: _Texts | None = None,
        year: _Years | None = None,
        date_from: _Day | None = None,
        date_to: _Day | None = None,
        party: _Texts | None = None,
        role: _Texts | None = None,
        field: _Fields | None = None,
        matching: _Matching = "all",
        exact: bool = False,
        synonyms: bool = True,
        tiers: _Tiers = None,
    ) -> Table: ...
    def keywords(
        self,
        query: str = "",
        *,
        limit: int | None = 20,
        region: _Texts | None = None,
        section: _Texts | None = None,
        speaker: _Texts | None = None,
        meeting: _Texts | None = None,
        body: _Texts | None = None,
        year: _Years | None = None,
        date_from: _Day | None = None,
        date_to: _Day | None = None,
        party: _Texts | None = None,
        role: _Texts | None = None,
        field: _Fields | None = None,
        matching: _Matching = "all",
        exact: bool = False,
        synonyms: bool = True,
        tiers: _Tiers = None,
    ) -> Table: ...
    def related_terms(
        self,
        query: str,
        *,
        limit: int | None = 20,
        region: _Texts | None = None,
        section: _Texts | None = None,
        speaker: _Texts | None = None,
        meeting: _Texts | None = None,
        body: _Texts | None = None,
        year: _Years | None = None,
        date_from: _Day | None = None,
        date_to: _Day | None = None,
        party: _Texts | None = None,
        role: _Texts | None = None,
        field: _Fields | None = None,
        matching: _Matching = "all",
        exact: bool = False,
        synonyms: bool = True,
        tiers: _Tiers = None,
    ) -> Table: ...
    def similar(
        self,
        opinion: Opinion | str,
        *,
        same_meeting: bool = False,
        limit: int | None = 10,
        region: _Texts | None = None,
        section: _Texts | None = None,
        speaker: _Texts | None = None,
        meeting: _Texts | None = None,
        body: _Texts | None = None,
        year: _Years | None = None,
        date_from: _Day | None = None,
        date_to: _Day | None = None,
        party: _Texts | None = None,
        role: _Texts | None = None,
        field: _Fields | None = None,
    ) -> Results: ...
    def opinion(self, id: str) -> Opinion | None: ...
    def meeting(self, id: str) -> dict[str, Any] | None: ...
    def meetings(self) -> Table: ...
    def stats(self) -> Table: ...
    def values(self, facet: str) -> list[str]: ...
    def fields(self) -> list[str]: ...
    def __len__(self) -> int: ...

@final
class Results:
    @property
    def query(self) -> str: ...
    @property
    def read_as(self) -> str: ...
    @property
    def total(self) -> int: ...
    @property
    def partial(self) -> int: ...
    @property
    def groups(self) -> int | None: ...
    @property
    def took(self) -> float: ...
    @property
    def remarks(self) -> list[str]: ...
    @property
    def also_searched(self) -> list[dict[str, str]]: ...
    @property
    def widened(self) -> dict[str, Any] | None: ...
    @property
    def suggestions(self) -> list[dict[str, Any]]: ...
    @property
    def repairs(self) -> list[dict[str, Any]]: ...
    @property
    def facets(self) -> dict[str, Table]: ...
    def to_dicts(self) -> list[dict[str, Any]]: ...
    def to_pandas(self) -> pandas.DataFrame: ...
    def to_polars(self) -> polars.DataFrame: ...
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Hit]: ...
    @overload
    def __getitem__(self, key: int, /) -> Hit: ...
    @overload
    def __getitem__(self, key: slice, /) -> tuple[Hit, ...]: ...
    def _repr_html_(self) -> str: ...

@disjoint_base
class Opinion:
    @property
    def id(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def meeting(self) -> str: ...
    @property
    def meeting_id(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def date(self) -> Date | None: ...
    @property
    def region(self) -> str | None: ...
    @property
    def section(self) -> str | None: ...
    @property
    def body(self) -> str | None: ...
    @property
    def speaker(self) -> str | None: ...
    @property
    def speaker_as_printed(self) -> str | None: ...
    @property
    def role(self) -> str | None: ...
    @property
    def party(self) -> str | None: ...
    @property
    def url(self) -> str | None: ...
    @property
    def file(self) -> str | None: ...
    @property
    def line(self) -> int | None: ...
    @property
    def page(self) -> int | None: ...
    @property
    def extra(self) -> dict[str, str]: ...
    @overload
    def cite(self, style: Literal["text", "quote", "bibtex"] = "text") -> str: ...
    @overload
    def cite(self, style: Literal["csl"]) -> dict[str, Any]: ...

@final
class Hit(Opinion):
    @property
    def rank(self) -> int: ...
    @property
    def tier(self) -> Literal[1, 2]: ...
    @property
    def score(self) -> float: ...
    @property
    def highlights(self) -> list[tuple[int, int]]: ...
    @property
    def group(self) -> str | None: ...
    @property
    def alike(self) -> int: ...
    @property
    def before(self) -> list[Opinion]: ...
    @property
    def after(self) -> list[Opinion]: ...
    @property
    def explanation(self) -> dict[str, Any] | None: ...
    def snippet(self, characters: int = 120) -> str: ...
    def html(self, characters: int | None = None, *, element: str = "mark") -> str: ...
    def _repr_html_(self) -> str: ...

@final
class Table:
    @property
    def columns(self) -> list[str]: ...
    @property
    def summary(self) -> dict[str, Any]: ...
    def to_dicts(self) -> list[dict[str, Any]]: ...
    def to_pandas(self) -> pandas.DataFrame: ...
    def to_polars(self) -> polars.DataFrame: ...
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[dict[str, Any]]: ...
    @overload
    def __getitem__(self, key: int, /) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, key: slice, /) -> list[dict[str, Any]]: ...
    def _repr_html_(self) -> str: ...

@final
class Token:
    @property
    def surface(self) -> str: ...
    @property
    def base_form(self) -> str: ...
    @property
    def reading(self) -> str | None: ...
    @property
    def word_class(self) -> Literal["content", "function", "separator", "symbol"]: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
