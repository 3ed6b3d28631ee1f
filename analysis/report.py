"""A corpus by outlet as one self-contained HTML page, with the sentences behind every number one click away.

batches of articles  ->  report.html, its tables as CSV, and the run record
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np
import pandas as pd

from .annotate import Annotations, Options, annotate, annotate_batch
from .cards import stated
from .corpus import load_corpus, load_gold
from .export import refuse_foreign, safe_csv, whole_file
from .marks import CUE_CLASSES
from .pages import page, signed, visible
from .rates import rates
from .reader import CAUTIONS
from .schema import VOICES
from .tally import SEPARATOR, Tally

PAGE = "report.html"
FILES = (
    *(PAGE, "evidence.csv", "outlets.csv", "dropped.csv", "loaded-words.csv", "epithets.csv", "targets.csv"),
    *("loaded-by-voice.csv", "epithets-by-voice.csv", "cues-by-class.csv", "tone-by-voice.csv"),
)
"""What a report consists of, beside ``run.json``."""
MOST_OUTLETS = 100  # that the page names; the CSV files have all
MOST_PLOTTED = 40
MOST_WORDS, MOST_EPITHETS, MOST_TARGETS = 150, 100, 100
FEW_ARTICLES = 10  # below, intervals over articles are too narrow
EVIDENCE_BYTES = 3_200_000
_OWN, _QUOTED, _INDIRECT = "own words", "quotation", "indirect speech"
_MAIN = {"outlet": _OWN, "direct": _QUOTED, "indirect": _INDIRECT}
_UNITS = {"loaded": "words", "epithets": "words", "cues": "cues", "tone": "parts of sentences"}
_CAUTIONS = (
    *CAUTIONS[:4],
    "An interval holds what resampled articles of an outlet would give; it knows nothing of how they were chosen.",
    "Of many outlets, the two at the ends are far apart by chance alone: intervals are of outlets, not of a ranking.",
    "Equal counts are not fairness: one side may earn more criticism than the other.",
    "Tone is not stance: a sentence about a fire is negative whoever writes it.",
)


def report(
    batches: Iterable[pd.DataFrame],
    chosen: Options,
    out: str | Path,
    *,
    record: Mapping[str, Any] | None = None,
) -> Path:
    """Annotate ``batches`` of checked articles and write the report of all of them into the folder ``out``.

    Writes ``report.html``, one ``.csv`` a table, ``evidence.csv`` (the sentences of the page) and ``run.json``;
    returns the path of the page. ``record`` is the run record of the corpus, where the caller has it. One batch is
    held in memory at a time; beside it some numbers an article, and a sample of sentences bounded by the number
    of outlets and entries.

    Caution: rates are of lists and rules, in these articles; the page says so, and how often they err.

    Raises ``ValueError`` if ``out`` holds anything that is not a report's.
    """
    out = Path(out)
    refuse_foreign(out, FILES)
    out.mkdir(parents=True, exist_ok=True)
    tally = Tally()
    for batch in batches:
        tally.add(annotate_batch(batch, chosen))
    record = {**(chosen.record if record is None else record), "seed": tally.sample.seed}
    tables = report_tables(tally)
    grids = _grids(tally, tables)
    drawn = _drawn(tally, grids)
    values = _values(tally, tables, record) | {"grids": grids, "evidence": _packed(drawn, tally)}
    for name, table in tables.items():
        with whole_file(out / f"{name}.csv") as file:
            safe_csv(_rounded(table), file)
    with whole_file(out / "evidence.csv") as file:
        safe_csv(drawn.drop(columns=["priority"], errors="ignore"), file)
    with whole_file(out / "run.json") as file:
        file.write(json.dumps(record, indent=1, ensure_ascii=False) + "\n")
    with whole_file(out / PAGE) as file:
        file.write(
            page("report.html", styles=["page.css", "report.css"], scripts=["report.js"], values=values)
        )
    return out / PAGE


def report_tables(tally: Tally) -> dict[str, pd.DataFrame]:
    """The report's tables by the name of their CSV.

    ``loaded-by-voice``, ``epithets-by-voice``, ``cues-by-class`` and ``tone-by-voice`` have the columns of
    `analysis.rates.rates` (tone: of means); ``loaded-words``, ``epithets`` and ``targets`` count; ``outlets`` and
    ``dropped`` say what was read and what was left out.
    """
    articles = tally.articles
    key = articles[["article_id", "outlet"]]
    words = tally.table("words") if tally.sums else pd.DataFrame(columns=["article_id", "voice", "n"])
    if not len(key):
        return {
            "outlets": pd.DataFrame(columns=["outlet", "articles", "words"]),
            "dropped": _dropped(tally, words),
        }
    cues, tone = tally.table("cues"), tally.table("tone")
    by = ["outlet", "voice"]
    means = rates(tone.rename(columns={"n": "parts", "total": "n"}), tone, by=by, articles=key, per=1)
    return {
        "outlets": _outlets(key, words),
        "loaded-by-voice": rates(tally.table("loaded"), words, by=by, articles=key),
        "epithets-by-voice": rates(tally.table("epithets"), words, by=by, articles=key),
        "cues-by-class": rates(
            cues,
            cues.groupby("article_id")["n"].sum().reset_index(),
            by=["outlet", "cue_class"],
            articles=key,
            per=100,
        ),
        "tone-by-voice": means.drop(columns=["n", "per"]).rename(columns={"rate": "mean", "base": "n"}),
        "loaded-words": _loaded_words(tally),
        "epithets": _epithets(tally),
        "targets": _targets(tally),
        "dropped": _dropped(tally, words),
    }


def _outlets(key: pd.DataFrame, words: pd.DataFrame) -> pd.DataFrame:
    """One row an outlet: ``outlet, articles``, and a column of words a voice (``words_direct``, ...)."""
    by_voice = words.merge(key, on="article_id").pivot_table(
        index="outlet", columns="voice", values="n", aggfunc="sum", fill_value=0
    )
    articles = key["outlet"].value_counts()
    table = by_voice.reindex(index=articles.index, columns=list(VOICES), fill_value=0).astype(int)
    table = table.add_prefix("words_")
    table.insert(0, "articles", articles)
    table = table.rename_axis("outlet").rename_axis(None, axis=1).reset_index()
    return table.sort_values(["articles", "outlet"], ascending=[False, True], ignore_index=True)


def _totals(tally: Tally, name: str) -> pd.DataFrame:
    """Totals of the cells ``name:…:part`` as a table: a row what comes between, a column a part."""
    rows = [
        (cell.removeprefix(name + SEPARATOR).rpartition(SEPARATOR), n)
        for cell, n in tally.sample.totals.items()
        if cell.startswith(name + SEPARATOR)
    ]
    table = pd.DataFrame([(key, part, n) for (key, _, part), n in rows], columns=["key", "part", "n"])
    table = table.pivot_table(index="key", columns="part", values="n", aggfunc="sum", fill_value=0)
    return table.astype(int)


def _most(table: pd.DataFrame, by: str) -> pd.DataFrame:
    table = table.rename_axis("key", axis=0).rename_axis(None, axis=1).reset_index()
    return table.sort_values([by, "key"], ascending=[False, True], ignore_index=True)


def _loaded_words(tally: Tally) -> pd.DataFrame:
    """One row a lexicon's entry: how often it is in each voice, and in how many articles."""
    table = _totals(tally, "word").reindex(columns=list(VOICES[:4]), fill_value=0)
    table["total"] = table.sum(axis=1)
    table["n_articles"] = [tally.spread[key, "articles"] for key in table.index]
    table = _most(table, "total")
    names = table["key"].str.partition(SEPARATOR)
    return table.assign(lexicon=names[0] if len(table) else "", entry=names[2] if len(table) else "")


def _epithets(tally: Tally) -> pd.DataFrame:
    """One row an expression and its kind: how often it describes somebody, in each voice."""
    table = _totals(tally, "epithet").reindex(columns=list(VOICES[:4]), fill_value=0)
    table["total"] = table.sum(axis=1)
    table = _most(table, "total")
    names = table["key"].str.rpartition(SEPARATOR)
    return table.assign(epithet=names[0] if len(table) else "", kind=names[2] if len(table) else "")


def _targets(tally: Tally) -> pd.DataFrame:
    """One row a target with any epithet: epithets by polarity and, as their base, mentions."""
    table = _totals(tally, "target").reindex(columns=["negative", "neutral", "positive"], fill_value=0)
    table["epithets"] = table.sum(axis=1)
    table["mentions"] = [tally.sample.totals[f"mention{SEPARATOR}{key}"] for key in table.index]
    table["per_100"] = 100 * table["epithets"] / table["mentions"].where(table["mentions"] > 0)
    table = _most(table, "epithets")
    table.insert(0, "target", table["key"])
    return table


def _dropped(tally: Tally, words: pd.DataFrame) -> pd.DataFrame:
    """One row a reason: what was left out or stands out, how much of it, of which unit."""
    articles = tally.articles
    rows = []
    if tally.skipped and len(skipped := pd.concat(tally.skipped)):
        for reason, n in skipped["reason"].value_counts().items():
            rows.append((f"not annotated: {reason}", int(n), "articles"))
    rows += [
        ("no text: counted as articles, without words", int(articles["empty"].sum()), "articles"),
        (
            "repeats another article’s text: counted all the same",
            int(articles["duplicate"].sum()),
            "articles",
        ),
        (
            "boilerplate (bylines, links, copyright lines): left out of every rate of a voice",
            int(words.loc[words["voice"] == "boilerplate", "n"].sum()),
            "words",
        ),
    ]
    if tally.sample.forgotten:
        why = "rare epithets and names forgotten for memory: their counts may be too low by as much"
        rows.append((why, tally.sample.forgotten, "times"))
    return pd.DataFrame(rows, columns=["what", "n", "unit"])


def _rounded(table: pd.DataFrame) -> pd.DataFrame:
    """Numbers with six significant digits, so that the same figures give the same bytes."""
    floats = {c: [float(f"{v:.6g}") for v in table[c]] for c in table.select_dtypes("float")}
    return table.drop(columns="key", errors="ignore").assign(**floats)


# -- accuracy --------------------------------------------------------------------------------------


def accuracy(found: Annotations, gold: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """How often annotations agree with people's: one row a layer, ``layer, core, recall, found, precision``.

    ``core`` items must be found: ``recall`` is the share that overlaps a row of the layer. ``precision`` is the
    share of rows ``found`` that overlap a core or a debatable item. Texts only, without titles.

    >>> accuracy(annotate(load_corpus()), load_gold()).layer.tolist()
    ['quotations', 'indirect speech', 'reporting cues', 'epithets', 'loaded words']
    """
    gold = list(gold)
    voices = found.voices
    layers = {
        "quotations": (voices[voices["voice"].isin(["direct", "scare"])], "voices", ("direct", "scare")),
        "indirect speech": (voices[voices["voice"] == "indirect"], "voices", ("indirect",)),
        "reporting cues": (found.cues, "cues", ()),
        "epithets": (found.epithets, "epithets", ()),
        "loaded words": (found.loaded, "loaded", ()),
    }
    rows = []
    for layer, (table, name, of_voices) in layers.items():
        mine = table[table["field"] == "text"]
        items = [
            (article["article_id"], item["start"], item["end"], item["state"] == "core")
            for article in gold
            for item in article[name]
            if not of_voices or item["voice"] in of_voices
        ]
        rows.append((layer, *_agreement(mine, items)))
    return pd.DataFrame(rows, columns=["layer", "core", "recall", "found", "precision"])


def _agreement(found: pd.DataFrame, items: list[tuple[str, int, int, bool]]) -> tuple[int, float, int, float]:
    spans: dict[str, list[tuple[int, int]]] = {}
    for row in found.itertuples():
        spans.setdefault(str(row.article_id), []).append((row.start, row.end))  # type: ignore[arg-type]
    right: set[tuple[str, int, int]] = set()
    hit = core = 0
    for article_id, start, end, is_core in items:
        overlapping = [s for s in spans.get(article_id, []) if s[0] < end and start < s[1]]
        right |= {(article_id, *s) for s in overlapping}
        core += is_core
        hit += is_core and bool(overlapping)
    return core, hit / core if core else np.nan, len(found), len(right) / len(found) if len(found) else np.nan


# -- the page --------------------------------------------------------------------------------------


def _values(tally: Tally, tables: Mapping[str, pd.DataFrame], record: Mapping[str, Any]) -> dict[str, Any]:
    """Everything that the template ``report.html`` shows."""
    shown = tables["outlets"].head(MOST_OUTLETS)
    agreed = accuracy(annotate(load_corpus()), load_gold())
    return {
        "title": "Report: how these outlets say it",
        "n_articles": len(tally.articles),
        "n_outlets": len(tables["outlets"]),
        "n_shown": len(shown),
        "n_words": int(tables["outlets"][[f"words_{v}" for v in VOICES[:4]]].to_numpy().sum())
        if len(shown)
        else 0,
        "plots": _plots(tables, shown) if len(shown) else [],
        "dropped": tables["dropped"].to_dict("records"),
        "notes": list(record.get("notes", [])),
        "accuracy": agreed.to_dict("records"),
        "cautions": [*_CAUTIONS, *stated(record)],
        "record": json.dumps(record, indent=1, ensure_ascii=False),
        "seed": tally.sample.seed,
    }


def _grids(tally: Tally, tables: Mapping[str, pd.DataFrame]) -> list[dict[str, Any]]:
    """The page's tables that have any rows."""
    shown = tables["outlets"].head(MOST_OUTLETS)
    grids = [_outlet_grid(tally, tables, shown), _cue_grid(tally, tables, shown)] if len(shown) else []
    return grids + [g for g in (_word_grid(tables), _epithet_grid(tables), _target_grid(tables)) if g["rows"]]


def _download(table: pd.DataFrame) -> str:
    """The table as a CSV in an address, for a link that works wherever the page goes."""
    file = io.StringIO()
    safe_csv(_rounded(table), file)
    return "data:text/csv;charset=utf-8," + quote(file.getvalue())


def _cell(text: str, value: float, key: str = "", *, interval: str = "", ratio: str = "") -> dict[str, Any]:
    """One cell of a table: what it says, what it sorts by, which sentences are behind it, and what was divided."""
    number = "" if np.isnan(value) else f"{value:.6g}"
    return {"text": text, "value": number, "key": key, "interval": interval, "ratio": ratio}


def _number(value: float, digits: int = 1) -> str:
    return signed(value) if digits == 2 else f"{value:,.{digits}f}"


def _rate_cells(
    table: pd.DataFrame, by: str, value: str, name: str, outlet: str, number: int, parts: Iterable[str]
) -> list[dict[str, Any]]:
    """The cells of one outlet for each of ``parts`` of a table of rates; empty where there is no base."""
    digits = 2 if value == "mean" else 1
    mine = table[table["outlet"] == outlet].set_index(by)
    cells = []
    for part in parts:
        if part not in mine.index or np.isnan(mine.at[part, value]):
            cells.append(_cell("–", np.nan))
            continue
        row = mine.loc[part]
        key = SEPARATOR.join((name, str(number), part))
        ends = [_number(row[edge], digits) for edge in ("low", "high")]
        interval = "" if np.isnan(row["low"]) else " to ".join(ends)
        ratio = f"{row['n']:,.0f} in {row['base']:,.0f} {_UNITS[name]}" if "base" in row else ""
        cells.append(_cell(_number(row[value], digits), row[value], key, interval=interval, ratio=ratio))
    return cells


def _outlet_grid(tally: Tally, tables: Mapping[str, pd.DataFrame], shown: pd.DataFrame) -> dict[str, Any]:
    rows = []
    for row in shown.to_dict("records"):
        outlet, number = row["outlet"], tally.outlets[row["outlet"]]
        story = sum(row[f"words_{v}"] for v in VOICES[:4])
        share = 100 * row["words_direct"] / story if story else np.nan
        cells = [
            _cell(f"{row['articles']:,}", row["articles"], f"articles:{number}"),
            _cell(f"{story:,}", story, f"articles:{number}"),
            _cell("–" if np.isnan(share) else f"{share:.0f} %", share, f"quotes:{number}" if story else ""),
        ]
        cells += _rate_cells(tables["loaded-by-voice"], "voice", "rate", "loaded", outlet, number, _MAIN)
        cells += _rate_cells(
            tables["epithets-by-voice"], "voice", "rate", "epithets", outlet, number, ("outlet", "direct")
        )
        cells += _rate_cells(
            tables["tone-by-voice"], "voice", "mean", "tone", outlet, number, ("outlet", "direct")
        )
        few = row["articles"] < FEW_ARTICLES
        rows.append({"name": outlet, "note": "few articles" if few else "", "cells": cells})
    columns = [
        *("Articles", "Words", "Quoted"),
        *(f"Loaded words per 1,000: {name}" for name in _MAIN.values()),
        *(f"Epithets per 1,000 words: {name}" for name in (_OWN, _QUOTED)),
        *(f"Tone: {name}" for name in (_OWN, _QUOTED)),
    ]
    return {
        "id": "outlets",
        "title": "Outlet by outlet",
        "what": "Rates with the middle 95 % of resamples of the outlet’s articles. "
        "Tone: mean VADER compound of sentences, −1 to 1.",
        "head": "Outlet",
        "columns": columns,
        "rows": rows,
        "csv": [("outlets.csv", _download(shown))],
    }


def _cue_grid(tally: Tally, tables: Mapping[str, pd.DataFrame], shown: pd.DataFrame) -> dict[str, Any]:
    table = tables["cues-by-class"]
    rows = [
        {
            "name": outlet,
            "note": "",
            "cells": _rate_cells(
                table, "cue_class", "rate", "cues", outlet, tally.outlets[outlet], CUE_CLASSES
            ),
        }
        for outlet in shown["outlet"]
    ]
    return {
        "id": "cues",
        "title": "How sources are reported",
        "what": "Of 100 reporting cues of an outlet, how many are of each class: "
        + "; ".join(f"{name} {what}" for name, what in CUE_CLASSES.items())
        + ".",
        "head": "Outlet",
        "columns": [name.capitalize() for name in CUE_CLASSES],
        "rows": rows,
        "csv": [("cues-by-class.csv", _download(table[table["outlet"].isin(shown["outlet"])]))],
    }


def _count_cells(row: Mapping[str, Any], name: str, parts: Iterable[str]) -> list[dict[str, Any]]:
    keys = {part: SEPARATOR.join((name, row["key"], part)) for part in parts}
    return [_cell(f"{row[part]:,}", row[part], keys[part] if row[part] else "") for part in keys]


def _largest(row: Mapping[str, Any], name: str, parts: Iterable[str]) -> str:
    """The cell with most cases: where the sentences behind a number about all of them are."""
    return SEPARATOR.join((name, row["key"], max(parts, key=row.__getitem__)))


def _word_grid(tables: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    table = tables.get("loaded-words", pd.DataFrame()).head(MOST_WORDS)
    rows = [
        {
            "name": row["entry"],
            "note": row["lexicon"],
            "cells": [
                *_count_cells(row, "word", VOICES[:4]),
                _cell(f"{row['n_articles']:,}", row["n_articles"], _largest(row, "word", VOICES[:4])),
            ],
        }
        for row in table.to_dict("records")
    ]
    return {
        "id": "words",
        "title": "The loaded words",
        "what": f"The {len(rows)} entries found most often, by whose words they stand in. "
        "An entry such as “slam/v” stands for all forms of the verb.",
        "head": "Entry",
        "columns": ["Own words", "Quotation", "Scare quotes", "Indirect speech", "Articles"],
        "rows": rows,
        "csv": [("loaded-words.csv", _download(table))],
    }


def _epithet_grid(tables: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    table = tables.get("epithets", pd.DataFrame()).head(MOST_EPITHETS)
    rows = [
        {"name": row["epithet"], "note": row["kind"], "cells": _count_cells(row, "epithet", VOICES[:4])}
        for row in table.to_dict("records")
    ]
    return {
        "id": "epithets",
        "title": "The epithets",
        "what": f"The {len(rows)} expressions that describe a person or group most often, by whose words they are.",
        "head": "Epithet",
        "columns": ["Own words", "Quotation", "Scare quotes", "Indirect speech"],
        "rows": rows,
        "csv": [("epithets.csv", _download(table))],
    }


def _target_grid(tables: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    table = tables.get("targets", pd.DataFrame()).head(MOST_TARGETS)
    rows = [
        {
            "name": row["key"],
            "note": "",
            "cells": [
                *_count_cells(row, "target", ("negative", "neutral", "positive")),
                _cell(
                    f"{row['mentions']:,}",
                    row["mentions"],
                    f"mention:{row['key']}" if row["mentions"] else "",
                ),
                _cell(
                    "–" if np.isnan(row["per_100"]) else f"{row['per_100']:.1f}",
                    row["per_100"],
                    _largest(row, "target", ("negative", "neutral", "positive")),
                ),
            ],
        }
        for row in table.to_dict("records")
    ]
    return {
        "id": "targets",
        "title": "Who is described",
        "what": f"The {len(rows)} targets with most epithets, in all voices. Names are joined by spelling, "
        "so two people of one name are one row.",
        "head": "Target",
        "columns": ["Negative", "Neutral", "Positive", "Mentions", "Epithets per 100 mentions"],
        "rows": rows,
        "csv": [("targets.csv", _download(table))],
    }


# -- plots -----------------------------------------------------------------------------------------


def _plots(tables: Mapping[str, pd.DataFrame], shown: pd.DataFrame) -> list[dict[str, Any]]:
    """The figures: of each outlet a dot a voice with its interval, in the order of the outlets' own words."""
    what = [
        ("loaded-by-voice", "rate", tuple(_MAIN), "Loaded words per 1,000 words"),
        ("epithets-by-voice", "rate", ("outlet", "direct"), "Epithets per 1,000 words"),
        ("tone-by-voice", "mean", ("outlet", "direct"), "Mean tone of sentences (VADER compound)"),
    ]
    return [
        _plot(name, tables[name][tables[name]["outlet"].isin(shown["outlet"])], value, voices, axis)
        for name, value, voices, axis in what
        if len(tables[name])
    ]


def _plot(name: str, table: pd.DataFrame, value: str, voices: tuple[str, ...], axis: str) -> dict[str, Any]:
    table = table[table["voice"].isin(voices)]
    own = table[table["voice"] == "outlet"].sort_values([value, "outlet"], ascending=[False, True])
    enough = own[own["n_articles"] >= FEW_ARTICLES]
    few = len(own) - len(enough) if len(enough) > 1 else 0
    own = enough if few else own
    names = own["outlet"].tolist()
    if len(names) > MOST_PLOTTED:
        names = names[: MOST_PLOTTED // 2] + names[-MOST_PLOTTED // 2 :]
    drawn = table[table["outlet"].isin(names)]
    edges = drawn[[value, "low", "high"]].to_numpy(float)
    low, high = (np.nanmin(edges), np.nanmax(edges)) if np.isfinite(edges).any() else (0.0, 1.0)
    ticks = _ticks(min(low, 0.0), max(high, 0.0))
    left, width = ticks[0], ticks[-1] - ticks[0]
    digits = 2 if value == "mean" else 0
    rows = []
    for outlet in names:
        mine = drawn[drawn["outlet"] == outlet].set_index("voice")
        marks = [_mark(mine.loc[v], v, value, left, width) for v in voices if v in mine.index]
        rows.append({"name": outlet, "n": int(mine["n_articles"].max()), "marks": [m for m in marks if m]})
    return {
        "id": name,
        "title": _finding(own, value, axis),
        "axis": axis,
        "voices": [(v, _MAIN[v]) for v in voices],
        "rows": rows,
        "cut": len(own) - len(names),
        "few": few,
        "ticks": [{"x": f"{100 * (t - left) / width:.2f}", "text": _number(t, digits)} for t in ticks],
        "zero": f"{100 * -left / width:.2f}",
        "alt": _alt(drawn, names, value, axis),
        "csv": (f"{name}.csv", _download(table)),
    }


def _ticks(low: float, high: float) -> list[float]:
    """A few round numbers, evenly apart, that hold ``low`` and ``high``.

    >>> _ticks(0, 17)
    [0.0, 5.0, 10.0, 15.0, 20.0]
    """
    span = (high - low) or 1.0
    power = 10.0 ** int(np.floor(np.log10(span / 4)))
    step = next(s * power for s in (1, 2, 5, 10) if span / (s * power) <= 6)
    first, last = int(np.floor(low / step)), max(int(np.ceil(high / step)), 1)
    return [round(i * step, 6) for i in range(first, last + 1)]


def _mark(row: pd.Series, voice: str, value: str, left: float, width: float) -> dict[str, str] | None:
    if np.isnan(row[value]):
        return None
    x, low, high = (100 * (v - left) / width for v in (row[value], row["low"], row["high"]))
    bar = {} if np.isnan(low) else {"low": f"{low:.2f}", "high": f"{high:.2f}"}
    return {"voice": voice, "x": f"{x:.2f}", "low": "", "high": "", **bar}


def _finding(own: pd.DataFrame, value: str, axis: str) -> str:
    """The two ends of the outlets' own words if their intervals are apart, else that they are not told apart."""
    known = own[own["low"].notna()]
    if len(known) < 2:
        return f"{axis}: too few articles to compare"
    top, bottom = known.iloc[0], known.iloc[-1]
    if bottom["high"] >= top["low"]:
        return f"{axis}: these articles do not tell the outlets apart"
    digits = 2 if value == "mean" else 1
    ends = [f"{_number(row[value], digits)} ({row['outlet']})" for row in (bottom, top)]
    return f"{axis}: from {ends[0]} to {ends[1]} in their own words"


def _alt(table: pd.DataFrame, names: list[str], value: str, axis: str) -> str:
    digits = 2 if value == "mean" else 1
    parts = []
    for name in names:
        mine = table[(table["outlet"] == name) & table[value].notna()].set_index("voice")[value]
        voices = ", ".join(f"{_MAIN[v]} {_number(mine[v], digits)}" for v in _MAIN if v in mine.index)
        parts.append(f"{name}: {voices}")
    return f"{axis} by outlet and voice, highest first. " + "; ".join(parts) + "."


# -- evidence --------------------------------------------------------------------------------------


def _drawn(tally: Tally, grids: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """The rows behind every cell that has a key, as many of each as fit the page."""
    cells = {c["key"] for g in grids for row in g["rows"] for c in row["cells"] if c["key"]}
    for size in range(tally.sample.size, 0, -1):
        drawn = tally.sample.of(cells, size)
        if len(json.dumps(_packed(drawn, tally), ensure_ascii=False).encode()) <= EVIDENCE_BYTES:
            break
    return drawn


def _packed(drawn: pd.DataFrame, tally: Tally) -> dict[str, Any]:
    """The rows drawn in the form that ``report.js`` reads: articles and sentences once, cells by number."""
    facts = tally.articles.set_index("article_id")
    ids = drawn["article_id"].unique().tolist()
    number = {article_id: i for i, article_id in enumerate(ids)}
    rows: dict[tuple[Any, ...], int] = {}
    cells: dict[str, list[Any]] = {}
    columns = ("cell", "article_id", "left", "match", "right", "note")
    for cell, article_id, left, match, right, note in drawn[list(columns)].itertuples(index=False, name=None):
        parts = [
            visible(" ".join(p.split(" ")) if isinstance(p, str) else "") for p in (left, match, right, note)
        ]
        row = rows.setdefault((number[article_id], *parts), len(rows))
        cells.setdefault(cell, [tally.sample.totals[cell]]).append(row)
    named = [
        [visible(_text(facts.at[i, c])) for c in ("outlet", "title", "date")] + [visible(str(i))] for i in ids
    ]
    return {"articles": named, "rows": [list(row) for row in rows], "cells": cells}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
