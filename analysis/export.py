"""Tables to files and lines: JSON lines, CSV that no spreadsheet runs, Parquet; whole or not at all.

A folder of tables is written batch by batch beside its final place; a run that was cut off is taken up
where it stopped, and only a finished one takes the folder's name.
"""

from __future__ import annotations

import contextlib
import csv
import errno
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import IO, Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from .annotate import Annotations, Options, annotate_batch, batches, run_record
from .schema import VOICES

RECORD = "run.json"
_MARK = ".framing"  # in a folder of unfinished work: ours to remove
LAYERS = ("voices", "cues", "mentions", "hits", "loaded", "epithets", "sentences")
TABLES = ("articles", "words", *LAYERS, "skipped")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


# -- JSON lines ------------------------------------------------------------------------------------


def json_lines(found: Annotations) -> Iterator[str]:
    """One JSON object an article, in the order of ``found.articles``: its outlet, words by voice, and rows by table."""
    ids = found.articles["article_id"].tolist()
    rows = {name: _rows_by_article(getattr(found, name)) for name in LAYERS}
    words = found.words.groupby(["article_id", "voice"])["n"].sum().to_dict() if len(found.words) else {}
    reasons = dict(zip(found.skipped["article_id"], found.skipped["reason"], strict=True))
    for article_id, outlet in zip(ids, found.articles["outlet"].tolist(), strict=True):
        record: dict[str, Any] = {"article_id": article_id, "outlet": outlet}
        if article_id in reasons:
            record["reason"] = reasons[article_id]
        record["words"] = {voice: int(words.get((article_id, voice), 0)) for voice in VOICES}
        record |= {name: rows[name].get(article_id, []) for name in LAYERS}
        yield json.dumps(record, ensure_ascii=False, allow_nan=False)


def _rows_by_article(table: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    columns = [c for c in table.columns if c != "article_id"]
    values = [_plain(table[c]) for c in columns]
    out: dict[str, list[dict[str, Any]]] = {}
    for article_id, *row in zip(table["article_id"].tolist(), *values, strict=True):
        out.setdefault(article_id, []).append(dict(zip(columns, row, strict=True)))
    return out


def _plain(column: pd.Series) -> list[Any]:
    """Python values, missing ones as None: what JSON can hold."""
    return column.astype("object").where(column.notna(), None).tolist()


# -- CSV -------------------------------------------------------------------------------------------


def safe_csv(table: pd.DataFrame, target: Path | IO[str], *, header: bool = True) -> None:
    """Write ``table`` as CSV in which no cell or column name can run as a formula.

    A text that begins with ``= + - @``, a tab or a carriage return gets a ``'`` before it, as spreadsheets do
    themselves; numbers are left alone.

    >>> import sys
    >>> safe_csv(pd.DataFrame({"text": ["=1+1", "-3 degrees", "plain"], "n": [-1, 2, 3]}), sys.stdout)
    text,n
    '=1+1,-1
    '-3 degrees,2
    plain,3
    """
    safe = table.rename(columns=lambda c: _defused(str(c)))
    text = [c for c in safe.columns if not pd.api.types.is_numeric_dtype(safe[c])]
    safe = safe.assign(**{c: safe[c].map(_defused, na_action="ignore").astype("str") for c in text})
    # Python's writer leaves a lone carriage return bare, which ends the row for many readers.
    bare = "\r" in "".join(safe.columns) or any(safe[c].str.contains("\r", regex=False).any() for c in text)
    quoting = csv.QUOTE_NONNUMERIC if bare else csv.QUOTE_MINIMAL
    safe.to_csv(target, index=False, header=header, lineterminator="\n", quoting=quoting)


def _defused(text: object) -> str:
    return "'" + str(text) if str(text).startswith(_FORMULA) else str(text)


# -- whole files -----------------------------------------------------------------------------------


@contextlib.contextmanager
def whole_file(path: Path, mode: str = "w") -> Iterator[IO[Any]]:
    """A file (UTF-8 text, or ``mode="wb"``) that appears under its name only when all of it has been written."""
    if path.is_dir() or not path.parent.is_dir():
        place, why = (path, "a folder; name a file") if path.is_dir() else (path.parent, "no such folder")
        raise OSError(errno.EINVAL, why, str(place))
    part = path.with_name(f".{path.name}.part")
    how: dict[str, Any] = {} if "b" in mode else {"encoding": "utf8", "newline": ""}
    try:
        with part.open(mode, **how) as file:
            yield file
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


# -- a folder of tables ----------------------------------------------------------------------------


def write_tables(
    articles: pd.DataFrame,
    chosen: Options,
    out: Path,
    *,
    suffix: str,
    progress: Callable[[Iterable[pd.DataFrame]], Iterable[pd.DataFrame]] = iter,
) -> dict[str, Any]:
    """Annotate ``articles`` into the folder ``out``: a ``.parquet`` or ``.csv`` file a table, and ``run.json``.

    Returns the run record. Batches are kept in ``out`` + ``.part`` until all are done, each under a hash of its
    texts and options: the same call after an interruption does only what is missing. A folder ``out`` that an
    earlier run wrote is replaced at the end; anything else there is refused with ``ValueError``.
    """
    refuse_foreign(out, {f"{table}{suffix}" for table in TABLES for suffix in (".csv", ".parquet")})
    parts = _parts(out)
    record = run_record(articles, chosen)
    names = []
    for batch in progress(batches(articles)):
        name = _batch_name(batch, chosen)
        names.append(parts / name)
        if not names[-1].is_dir():
            _write_batch(annotate_batch(batch, chosen), names[-1])
    whole = parts / "whole"
    shutil.rmtree(whole, ignore_errors=True)
    whole.mkdir()
    record["rows"] = {table: _merge(names, table, whole, suffix) for table in TABLES}
    with whole_file(whole / RECORD) as file:
        json.dump(record, file, indent=1, ensure_ascii=False)
        file.write("\n")
    if out.exists():
        os.replace(out, parts / "replaced")
    os.replace(whole, out)
    shutil.rmtree(parts)
    return record


def refuse_foreign(out: Path, ours: Collection[str]) -> None:
    """Raise ``ValueError`` unless ``out`` is new, empty, or holds nothing but what an earlier run wrote there.

    ``ours`` are the names of the files that such a run writes, beside its ``run.json``.
    """
    if not out.exists():
        return
    if not out.is_dir():
        raise ValueError(f"{out}: is a file; --out names a folder here")
    names = {path.name for path in out.iterdir()}
    if names and (RECORD not in names or names - {RECORD, *ours}):
        odd = sorted(names - {RECORD, *ours}) or sorted(names)
        raise ValueError(
            f"{out}: holds {odd[0]!r}, which no earlier run of this command wrote; choose another --out"
        )


def _parts(out: Path) -> Path:
    """The folder beside ``out`` for finished batches; one that this function did not make is refused."""
    if not out.name:
        raise ValueError(f"{out}: --out must name a folder of its own")
    parts = out.with_name(out.name + ".part")
    if parts.exists() and not (parts / _MARK).is_file():
        raise ValueError(
            f"{parts}: is in the way and was not made by an earlier run; move it or choose another --out"
        )
    parts.mkdir(parents=True, exist_ok=True)
    (parts / _MARK).touch()
    return parts


def _batch_name(batch: pd.DataFrame, chosen: Options) -> str:
    """A hash of all that a batch's tables depend on, the columns that are carried along included."""
    everything = batch.to_csv(index=False)
    return hashlib.sha256(json.dumps([chosen.record, everything], sort_keys=True).encode()).hexdigest()[:32]


def _write_batch(found: Annotations, folder: Path) -> None:
    """One batch's tables as Parquet, in a folder that takes its name when it is complete."""
    unfinished = folder.with_name(folder.name + ".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    for name, table in found.tables.items():
        table.to_parquet(unfinished / f"{name}.parquet", index=False)
    os.replace(unfinished, folder)


def _merge(folders: list[Path], name: str, out: Path, suffix: str) -> int:
    """Append the batches of a table to one file, one batch in memory at a time; returns its rows."""
    path, rows = out / f"{name}{suffix}", 0
    schema = _common_schema([pq.read_schema(f / f"{name}.parquet") for f in folders])
    with contextlib.ExitStack() as stack:
        if suffix == ".parquet":
            writer = stack.enter_context(pq.ParquetWriter(path, schema))
        else:
            file = stack.enter_context(path.open("w", encoding="utf8", newline=""))
        for i, folder in enumerate(folders):
            table = pq.read_table(folder / f"{name}.parquet")
            rows += len(table)
            if suffix == ".parquet":
                writer.write_table(table.cast(schema))
            else:
                safe_csv(table.to_pandas(), file, header=i == 0)
    return rows


def _common_schema(schemas: list[pa.Schema]) -> pa.Schema:
    """A column that one batch leaves wholly empty has no type there; take it from a batch that has one."""
    return pa.unify_schemas(schemas, promote_options="permissive") if schemas else pa.schema([])
