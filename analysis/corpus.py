"""Articles in: reading, checking, and the parts of an article that are annotated.

files  ->  articles (one row an article)  ->  documents (one row an article and field)
"""

from __future__ import annotations

import codecs
import io
import json
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from .schema import frame, one_of, require

_HERE = Path(__file__).resolve().parent
DATA = _HERE / "_corpus" if (_HERE / "_corpus").is_dir() else _HERE.parent / "corpus"
"""The folder of bundled data: beside the package in a checkout, inside it when installed from a wheel."""

CORPORA = ("teaching",)
SUFFIXES = (".csv", ".jsonl", ".parquet", ".txt", ".html")
COLUMNS = (
    *("article_id", "outlet", "text", "title", "date", "authors", "url"),
    *("story", "lean", "topic", "genre", "language"),
)
"""Columns that have a meaning here; any others are carried along."""


class InputError(ValueError):
    """Input that cannot be read: one line that says which file and row, what is wrong and what is allowed."""


def load_corpus(name: str = "teaching") -> pd.DataFrame:
    """A bundled corpus as an articles table: one row an article. ``teaching`` is written for classrooms.

    Its outlets, persons and events are invented, so it says nothing about any real outlet.

    >>> articles = load_corpus("teaching")
    >>> articles.groupby("story").outlet.nunique().unique().tolist()
    [5]
    """
    one_of("name", name, CORPORA)
    return read_articles(DATA / name / "articles.csv")


def load_gold(name: str = "teaching") -> list[dict[str, Any]]:
    """The human annotation of a bundled corpus: one dict an article, in the corpus's order; see its README.

    >>> [row["text"] for row in load_gold("teaching")[0]["voices"] if row["voice"] == "boilerplate"][:1]
    ['By KEV BRANNIGAN']
    """
    one_of("name", name, CORPORA)
    lines = (DATA / name / "gold.jsonl").read_text(encoding="utf8").split("\n")
    return [json.loads(line) for line in lines if line]


def read_articles(path: str | Path, *, columns: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Articles from a ``.csv``, ``.jsonl``, ``.parquet``, ``.txt`` or ``.html`` file, or a folder of ``.txt``.

    One row an article. ``columns`` maps names of the contract to the file's: ``{"outlet": "source"}``. Only ``text``
    is needed; without ``article_id`` rows are numbered from 1 (files: their name), without ``outlet`` it is empty.
    Text is kept to the character (line ends too), so offsets hold for the file's text. Dates become ISO dates,
    unreadable and ambiguous ones missing. ``duplicate_of`` names the first article with the same text.
    What was mended is counted in ``.attrs["notes"]``, one sentence each. A page saved from a browser (``.html``) gives
    outlet, title, date, authors and body, with the extra ``ingest`` installed. ``"-"`` reads text from standard input.

    Raises ``InputError`` (a ``ValueError``) for a file that is not UTF-8, lacks a column, repeats an
    ``article_id`` or holds a lone surrogate; ``OSError`` if it cannot be opened.
    """
    if path == "-":
        return checked(
            pd.DataFrame({"article_id": ["stdin"], "text": [_decoded(sys.stdin.buffer.read(), "-")]}), "-"
        )
    path = Path(path)
    if columns and (path.is_dir() or path.suffix.lower() == ".txt"):
        raise InputError(f"{path}: a text has no columns to name with --columns")
    if path.is_dir():
        return checked(_folder(path), str(path))
    reader = {
        ".csv": _csv,
        ".jsonl": _jsonl,
        ".parquet": _parquet,
        ".txt": _txt,
        ".html": _html,
        ".htm": _html,
    }.get(path.suffix.lower())
    if reader is None:
        raise InputError(
            f"{path}: expected a folder of .txt or one of {', '.join(SUFFIXES)}; got {path.suffix or 'no suffix'!r}"
        )
    return checked(_rename(reader(path), columns or {}, str(path)), str(path))


def read_aliases(path: str | Path) -> pd.DataFrame:
    """Other names of targets from a CSV with the columns ``alias`` and ``target``: one row an alias.

    Raises ``InputError`` for a file that is no such table.
    """
    table = _csv(Path(path))
    if lacking := [c for c in ("alias", "target") if c not in table.columns]:
        raise InputError(f"{path}: no column {lacking[0]!r}; it has {list(table.columns)}")
    return table


def checked(table: pd.DataFrame, source: str = "articles") -> pd.DataFrame:
    """An articles table made to follow the contract, from any table with ``text``: see `read_articles`.

    >>> checked(pd.DataFrame({"text": ["A", "B", "A"], "date": ["2021-03-01", "31/12/2020", "soon"]}))[
    ...     ["article_id", "date", "duplicate_of"]]
      article_id        date duplicate_of
    0          1  2021-03-01          NaN
    1          2  2020-12-31          NaN
    2          3         NaN            1
    """
    if "text" not in table.columns:
        raise InputError(
            f"{source}: no column 'text'; it has {list(table.columns)}: name yours with --columns text=NAME"
        )
    if repeated := sorted(set(table.columns[table.columns.duplicated()])):
        raise InputError(f"{source}: two columns are named {repeated[0]!r}; each must have a name of its own")
    for column in ("text", "title"):
        _refuse_objects(table, column, source)
    notes = []
    ids = _strings(table["article_id"]) if "article_id" in table else [str(i + 1) for i in range(len(table))]
    if "article_id" not in table:
        notes.append("no column 'article_id': rows are numbered from 1")
    out = pd.DataFrame({"article_id": pd.Series(ids, dtype="str")})
    out["outlet"] = pd.Series(
        _strings(table["outlet"]) if "outlet" in table else [""] * len(ids), dtype="str"
    )
    out["text"] = pd.Series(_strings(table["text"]), dtype="object")
    for column in table.columns.difference(out.columns, sort=False):
        out[column] = table[column].to_numpy()
    if "title" in out:
        out["title"] = pd.Series(_strings(table["title"]), dtype="object")
    _refuse_surrogates(out, source)
    out = out.astype({c: "str" for c in ("text", "title") if c in out})
    _refuse_repeats(out["article_id"], source)
    if "date" in out:
        out["date"], unreadable = iso_dates(out["date"])
        if unreadable:
            notes.append(f"{unreadable:,} dates unreadable or ambiguous: left empty")
    first = out.groupby("text", sort=False)["article_id"].transform("first")
    blank = out["text"].str.strip() == ""
    out["duplicate_of"] = first.where((first != out["article_id"]) & ~blank).astype("str")
    if n := int(blank.sum()):
        notes.append(f"{n:,} article{'s have' if n > 1 else ' has'} no text")
    if repeats := int(out["duplicate_of"].notna().sum()):
        notes.append(f"{repeats:,} articles repeat another's text: see duplicate_of")
    out.attrs["notes"] = notes
    return out


def documents(articles: pd.DataFrame) -> pd.DataFrame:
    """One row an article and field, in the order of ``articles``: ``article_id, field, text``.

    The title comes before the text, and is left out where it is empty or where the text begins
    with it, so that its words count once. A table that has a ``field`` column is returned as it is.

    >>> documents(pd.DataFrame({"article_id": ["a"], "text": ["It rained."], "title": ["Rain"]}))
      article_id  field        text
    0          a  title        Rain
    1          a   text  It rained.
    """
    if "field" in articles.columns:
        require(articles, ["article_id", "field", "text"], key=["article_id", "field"], name="documents")
        return articles
    require(articles, ["article_id", "text"], key=["article_id"], name="articles")
    ids, texts = _strings(articles["article_id"]), _strings(articles["text"])
    titles = _strings(articles["title"]) if "title" in articles else [""] * len(ids)
    rows = []
    for article_id, title, text in zip(ids, titles, texts, strict=True):
        if title.strip() and not _heads(title.strip(), text.lstrip()):
            rows.append((article_id, "title", title))
        rows.append((article_id, "text", text))
    columns = zip(*rows, strict=True) if rows else ([], [], [])
    return frame("documents", dict(zip(("article_id", "field", "text"), map(list, columns), strict=True)))


def _heads(title: str, text: str) -> bool:
    """Whether the text begins with the title, as words: "Mob" does not head "Mobile phones"."""
    return text.startswith(title) and not text[len(title) : len(title) + 1].isalnum()


# -- dates -----------------------------------------------------------------------------------------

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = {name[:n]: i + 1 for i, name in enumerate(_MONTHS) for n in (3, 4, len(name))}
_ISO = re.compile(r"\s*(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?!\d)")
_NUMERIC = re.compile(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)")
_DAY_FIRST = re.compile(
    r"\s*(?:[A-Za-z]{3,9},? )?(\d{1,2})(?:st|nd|rd|th)? ([A-Za-z]{3,9})\.?,? (\d{4})(?!\d)"
)
_MONTH_FIRST = re.compile(
    r"\s*(?:[A-Za-z]{3,9},? )?([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)"
)


def iso_dates(values: Iterable[Any]) -> tuple[pd.Series, int]:
    """Dates as ``YYYY-MM-DD``, and how many of the given ones could not be read (empty ones do not count).

    ISO dates and times, ``3 May 2021``, ``May 3rd, 2021`` and ``03/05/2021`` are read. Whether the last is
    in May or in March is taken from the whole column: if some row can only be day first and none can only
    be month first, all are day first; where that does not decide, such rows are missing and counted.

    >>> iso_dates(["3 May 2021", "2021-05-03T10:00Z", "03/05/2021", "25/12/2021", "", "soon"])[0].tolist()
    ['2021-05-03', '2021-05-03', '2021-05-03', '2021-12-25', nan, nan]
    """
    texts = ["" if pd.isna(v) else str(v) for v in values]
    distinct = list(dict.fromkeys(texts))
    numeric = [m for t in distinct if (m := _NUMERIC.match(t))]
    day_first = any(int(m[1]) > 12 for m in numeric)
    month_first = any(int(m[2]) > 12 for m in numeric)
    order = "dm" if day_first and not month_first else "md" if month_first and not day_first else ""
    read = {t: _iso_date(t, order) for t in distinct}
    dates = pd.Series([read[t] for t in texts], dtype="str")
    return dates, sum(read[t] is None and bool(t.strip()) for t in texts)


def _iso_date(text: str, order: str) -> str | None:
    if m := _ISO.match(text):
        year, month, day = int(m[1]), int(m[2]), int(m[3])
    elif m := _NUMERIC.match(text):
        a, b, year = int(m[1]), int(m[2]), int(m[3])
        if a == b:
            order = "dm"
        if not order:
            order = "dm" if a > 12 else "md" if b > 12 else ""
        if not order:
            return None
        day, month = (a, b) if order == "dm" else (b, a)
    elif m := _DAY_FIRST.match(text):
        day, month, year = int(m[1]), _MONTH.get(m[2].lower(), 0), int(m[3])
    elif m := _MONTH_FIRST.match(text):
        month, day, year = _MONTH.get(m[1].lower(), 0), int(m[2]), int(m[3])
    else:
        return None
    try:
        return pd.Timestamp(year=year, month=month, day=day).date().isoformat()
    except ValueError:
        return None


# -- files -----------------------------------------------------------------------------------------


def _decode(path: Path) -> str:
    return _decoded(path.read_bytes(), str(path))


def _decoded(data: bytes, source: str) -> str:
    """The text of a file's bytes, or one line that says which byte is not UTF-8 and what the file looks like."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise InputError(f"{source}: is UTF-16; save it as UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        where = f"{source}, line {line}: byte 0x{data[error.start]:02x} is not UTF-8"
    if _looks_like_windows_1252(data):
        raise InputError(f"{where}; the file looks like Windows-1252: save it as UTF-8")
    raise InputError(f"{where}; the file looks like binary data, not text")


def _looks_like_windows_1252(data: bytes) -> bool:
    codes = np.frombuffer(data, np.uint8)
    control = ((codes < 32) & ~np.isin(codes, (9, 10, 12, 13))) | np.isin(
        codes, (0x81, 0x8D, 0x8F, 0x90, 0x9D)
    )
    return not control.any() and float((codes > 127).mean()) < 0.3


def _csv(path: Path) -> pd.DataFrame:
    text = _decode(path)
    if not text.strip():
        raise InputError(
            f"{path}: is empty; expected a header line that names the columns, 'text' among them"
        )
    try:
        # The C parser keeps text to the character; numbers and "NA" in it must stay text.
        return pd.read_csv(io.StringIO(text, newline=""), dtype="str", keep_default_na=False, index_col=False)
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise InputError(f"{path}: is not a CSV table: {str(error).strip().splitlines()[-1]}") from None


def _jsonl(path: Path) -> pd.DataFrame:
    rows = []
    for number, line in enumerate(_decode(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            what = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply"
            raise InputError(f"{path}, line {number}: is not JSON: {what}") from None
        if not isinstance(row, dict):
            raise InputError(
                f"{path}, line {number}: expected an object an article; got {type(row).__name__}"
            )
        for name in ("text", "title", "article_id", "outlet"):
            if not isinstance(row.get(name, ""), (str, int, type(None))):
                raise InputError(
                    f"{path}, line {number}: {name!r} must be a string; got {type(row[name]).__name__}"
                )
        rows.append(row)
    names = dict.fromkeys(k for r in rows for k in r)
    return pd.DataFrame({c: _column([r.get(c) for r in rows]) for c in names} or {"text": []})


def _column(values: list[Any]) -> pd.Series:
    """Values of one kind as they are; lists and objects, and a mixture of kinds, as JSON or plain text."""
    kinds = {type(v) for v in values if v is not None}
    if (len(kinds) <= 1 and not kinds & {list, dict}) or kinds <= {int, float}:
        return pd.Series(values, dtype="object" if kinds <= {str} else None)
    return pd.Series(
        [v if v is None or isinstance(v, str) else json.dumps(v, ensure_ascii=False) for v in values],
        dtype="object",
    )


def _parquet(path: Path) -> pd.DataFrame:
    try:
        table = pq.read_table(path)
        table.validate(full=True)
        return table.to_pandas()
    except (pa.ArrowException, UnicodeDecodeError) as error:
        raise InputError(f"{path}: is not a readable Parquet file: {str(error).splitlines()[0]}") from None


def _txt(path: Path) -> pd.DataFrame:
    return pd.DataFrame({"article_id": [path.stem], "text": [_decode(path)]})


def _html(path: Path) -> pd.DataFrame:
    """The article of a page saved from a browser, without its menus and adverts."""
    try:
        from trafilatura import (
            bare_extraction,
        )  # an extra: it brings ten packages that most users do not need
    except ImportError:
        raise InputError(
            f"{path}: reading pages needs trafilatura: pip install 'framing-analysis[ingest]'"
        ) from None
    found = bare_extraction(_decode(path), with_metadata=True, include_comments=False, include_tables=False)
    if found is None:
        raise InputError(f"{path}: no article found in this page; save its text as .txt")
    page = found if isinstance(found, dict) else found.as_dict()
    lines = [
        line for line in (page["text"] or "").split("\n") if line.strip() != (page["title"] or "").strip()
    ]
    columns = {"outlet": "sitename", "title": "title", "date": "date", "authors": "author", "url": "url"}
    row = {name: page[own] or "" for name, own in columns.items()}
    # Its paragraphs are lines; ours are set apart by a blank one.
    return pd.DataFrame([{"article_id": path.stem, "text": "\n\n".join(lines), **row}])


def _folder(path: Path) -> pd.DataFrame:
    files = sorted(p for p in path.iterdir() if p.suffix.lower() == ".txt" and p.is_file())
    if not files:
        raise InputError(f"{path}: no .txt file in this folder")
    return pd.DataFrame({"article_id": [p.stem for p in files], "text": [_decode(p) for p in files]})


def _rename(table: pd.DataFrame, columns: Mapping[str, str], source: str) -> pd.DataFrame:
    """The table with the contract's names; a column that loses its name to another keeps no name of the contract."""
    for name, own in columns.items():
        if name not in COLUMNS:
            raise InputError(
                f"--columns: {name!r} is no column of the contract; allowed are {', '.join(COLUMNS)}"
            )
        if own not in table.columns:
            raise InputError(f"{source}: no column {own!r} to read as {name!r}; it has {list(table.columns)}")
    others = [c for c in table.columns if c not in columns and c not in columns.values()]
    return table[[*columns.values(), *others]].set_axis([*columns, *others], axis=1)


# -- checks ----------------------------------------------------------------------------------------


def _strings(values: pd.Series) -> list[str]:
    """The values as Python strings; missing ones as ``""``, whole floats (ids read as numbers) without ``.0``."""
    missing = values.isna().to_numpy()
    return ["" if gone else _string(v) for v, gone in zip(values.tolist(), missing, strict=True)]


def _string(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value if isinstance(value, str) else str(value)


def _refuse_objects(table: pd.DataFrame, column: str, source: str) -> None:
    """Text is text: a list or bytes in its place would be read as their Python notation."""
    if column in table and not pd.api.types.is_numeric_dtype(table[column]):
        for i, value in enumerate(table[column].tolist()):
            if not isinstance(value, str | int | float | None) and not (
                pd.api.types.is_scalar(value) and pd.isna(value)
            ):
                raise InputError(
                    f"{source}, article {i + 1}: {column!r} must be text; got {type(value).__name__}"
                )


def _refuse_surrogates(table: pd.DataFrame, source: str) -> None:
    for column in table.columns:
        if not pd.api.types.is_numeric_dtype(table[column]):
            for i, value in enumerate(table[column].tolist()):
                if isinstance(value, str) and not _encodable(value):
                    raise InputError(
                        f"{source}, article {i + 1}: {column!r} holds half of a surrogate pair, which is no character"
                    )


def _encodable(text: str) -> bool:
    try:
        text.encode("utf8")
    except UnicodeEncodeError:
        return False
    return True


def _refuse_repeats(ids: pd.Series, source: str) -> None:
    repeated = ids[ids.duplicated()]
    if len(repeated):
        rows = (np.flatnonzero(ids == repeated.iloc[0]) + 1).tolist()
        raise InputError(
            f"{source}: article_id {repeated.iloc[0]!r} stands in articles {rows[0]} and {rows[1]}; each must be unique"
        )
