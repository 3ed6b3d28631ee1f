"""Totals and sampled evidence of a corpus, batch by batch, in memory that does not grow with its texts.

Annotations of batches  ->  totals, a few numbers an article, and a seeded sample of sentences behind each number
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from .annotate import Annotations
from .contexts import contexts
from .marks import with_voices
from .pages import signed

SEPARATOR = ":"
NO_OUTLET = "(no outlet)"
_FACTS = ("article_id", "outlet", "empty", "duplicate", "title", "date")
_CLIP = 140  # characters of a sentence kept on either side of what was counted
_OPEN = ("epithet", "target", "mention")  # cells named by words of the articles, of which there is no end
_MOST_OPEN = 40_000


@dataclass
class Sample:
    """Up to ``size`` rows of each cell, drawn at random; ``totals`` counts all there were.

    A row's place in the draw depends on the seed, its article and its offset only, so neither the size nor the
    order of batches changes the sample (the rows with the smallest hashes: bottom-k sampling, Cohen and Kaplan 2007).
    """

    size: int = 5
    seed: int = 0
    totals: Counter[str] = field(default_factory=Counter)
    rows: pd.DataFrame = field(default_factory=pd.DataFrame)
    forgotten: int = 0

    def add(self, rows: pd.DataFrame, articles: pd.DataFrame) -> None:
        """Count ``rows`` (``cell, article_id, field, start, end, note``) and keep those that are drawn."""
        if not len(rows):
            return
        self.totals.update(rows["cell"].value_counts().to_dict())
        rows = rows.assign(priority=_priorities(rows, self.seed))
        if len(self.rows):
            last = self.rows.groupby("cell")["priority"].agg(["size", "max"])
            full = last.loc[last["size"] >= self.size, "max"]
            limit = rows["cell"].map(full).fillna(2.0)
            rows = rows[rows["priority"] < limit]
        kept = self._smallest(rows)
        kept = (
            self._smallest(pd.concat([self.rows, kept.assign(new=True)]))
            if len(self.rows)
            else kept.assign(new=True)
        )
        new = kept["new"].fillna(False).astype(bool)
        self.rows = pd.concat([kept[~new], _sentences(kept[new], articles)]).drop(columns="new")
        self._forget()

    def _smallest(self, rows: pd.DataFrame) -> pd.DataFrame:
        ordered = rows.sort_values(["cell", "priority", "start"], kind="stable")
        return ordered.groupby("cell", sort=False).head(self.size)

    def _forget(self) -> None:
        """Keep the cells that are named by words of the articles from growing without end: drop the rarest half.

        ``forgotten`` is by how much the count of a cell that is left may be too low.
        """
        open_cells = {c: n for c, n in self.totals.items() if c.partition(SEPARATOR)[0] in _OPEN}
        if len(open_cells) <= _MOST_OPEN:
            return
        rarest = sorted(open_cells, key=lambda c: (open_cells[c], c))[: len(open_cells) - _MOST_OPEN // 2]
        self.forgotten += open_cells[rarest[-1]]
        for cell in rarest:
            del self.totals[cell]
        self.rows = self.rows[~self.rows["cell"].isin(set(rarest))]

    def of(self, cells: Iterable[str], size: int) -> pd.DataFrame:
        """The first ``size`` rows drawn of each of ``cells``: ``cell, article_id, left, match, right, note``."""
        if not len(self.rows):
            return pd.DataFrame(columns=["cell", "article_id", "left", "match", "right", "note"])
        rows = self.rows[self.rows["cell"].isin(set(cells))].sort_values(["cell", "priority", "start"])
        return rows.groupby("cell").head(size).reset_index(drop=True)


def _priorities(rows: pd.DataFrame, seed: int) -> np.ndarray:
    """A number in [0, 1) for each row, from its article, field, offset and the seed (splitmix64's mixing)."""
    with np.errstate(over="ignore"):
        x = pd.util.hash_array(rows["article_id"].to_numpy(object), categorize=True)
        x = x + rows["start"].to_numpy(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(seed)
        x = x + (rows["field"] == "title").to_numpy(np.uint64) * np.uint64(0xD1B54A32D192ED03)
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        x = x ^ (x >> np.uint64(31))
    return (x >> np.uint64(11)).astype(float) / 2**53


def _sentences(rows: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """The rows with their sentences, cut to a length that fits a page."""
    places = ["article_id", "field", "start", "end"]
    distinct = rows[places].drop_duplicates()
    found = contexts(distinct, articles[["article_id", "text", *(["title"] if "title" in articles else [])]])
    left, right = found["left"].str.slice(-_CLIP), found["right"].str.slice(0, _CLIP)
    match = found["match"].str.slice(0, 2 * _CLIP)
    found["left"] = left.where(left.str.len() == found["left"].str.len(), "…" + left)
    found["right"] = right.where(right.str.len() == found["right"].str.len(), right + "…")
    found["match"] = match.where(match.str.len() == found["match"].str.len(), match + "…")
    return rows.drop(columns=["left", "match", "right"], errors="ignore").merge(found, on=places, how="left")


@dataclass
class Tally:
    """What a report needs of a corpus: ``sample`` and sums per article; ``articles`` without their texts."""

    sample: Sample = field(default_factory=Sample)
    outlets: dict[str, int] = field(default_factory=dict)
    sums: dict[str, list[pd.DataFrame]] = field(default_factory=dict)
    facts: list[pd.DataFrame] = field(default_factory=list)
    skipped: list[pd.DataFrame] = field(default_factory=list)
    spread: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, found: Annotations) -> None:
        """Add a batch: its articles must not have been added before."""
        articles = found.articles
        outlet = articles["outlet"].fillna("").where(articles["outlet"].fillna("") != "", NO_OUTLET)
        for name in outlet.unique().tolist():
            self.outlets.setdefault(name, len(self.outlets))
        number = dict(zip(articles["article_id"], outlet.map(self.outlets).astype("str"), strict=True))
        tables = _counted(found)
        self._add_sums(tables, found)
        self._add_facts(articles, outlet, found)
        self.sample.add(pd.concat(list(_cells(tables, found, number)), ignore_index=True), articles)
        entries = tables["loaded"][["entry", "article_id"]].drop_duplicates()
        self.spread.update((e, "articles") for e in entries["entry"])

    def _add_sums(self, tables: dict[str, pd.DataFrame], found: Annotations) -> None:
        sums = {
            "words": found.words.groupby(["article_id", "voice"])["n"].sum().reset_index(),
            "cues": _sizes(tables["cues"], ["article_id", "cue_class"]),
            "tone": tables["sentences"]
            .groupby(["article_id", "voice"])["compound"]
            .agg(total="sum", n="size"),
        }
        sums["tone"] = sums["tone"].reset_index()
        for name in ("loaded", "epithets", "mentions"):
            sums[name] = _sizes(tables[name], ["article_id", "voice"])
        for name, table in sums.items():
            split = [c for c in ("voice", "cue_class") if c in table]
            self.sums.setdefault(name, []).append(table.astype(dict.fromkeys(split, "category")))

    def _add_facts(self, articles: pd.DataFrame, outlet: pd.Series, found: Annotations) -> None:
        facts = pd.DataFrame({"article_id": articles["article_id"], "outlet": outlet})
        facts["empty"] = articles["text"].str.strip() == ""
        facts["duplicate"] = articles["duplicate_of"].notna() if "duplicate_of" in articles else False
        facts["title"] = articles.get("title")
        facts["date"] = articles.get("date")
        self.facts.append(facts)
        self.skipped.append(found.skipped)

    def table(self, name: str) -> pd.DataFrame:
        """The sums per article of all batches: ``article_id``, what it is split by, and ``n``."""
        table = pd.concat(self.sums[name], ignore_index=True)
        return table.astype({c: "str" for c in ("voice", "cue_class") if c in table})

    @property
    def articles(self) -> pd.DataFrame:
        """One row an article: ``article_id, outlet, empty, duplicate, title, date``."""
        return pd.concat(self.facts or [pd.DataFrame(columns=list(_FACTS))], ignore_index=True)


def _sizes(table: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    return table.groupby(by).size().rename("n").reset_index()


def _counted(found: Annotations) -> dict[str, pd.DataFrame]:
    """The tables with the words that the report counts them by."""
    loaded = found.loaded
    entry = loaded["entry"] if "entry" in loaded else loaded["text"].str.lower()
    sentences = found.sentences
    quotes = found.voices[found.voices["voice"] == "direct"]
    toned = sentences[(sentences["neg"] + sentences["neu"] + sentences["pos"]) > 0]
    return {
        "loaded": loaded.assign(
            entry=loaded["lexicon"] + SEPARATOR + entry, note="speaker: " + loaded["speaker"]
        ),
        "epithets": found.epithets.assign(
            entry=found.epithets["text"].str.lower() + SEPARATOR + found.epithets["kind"],
            note="target: " + found.epithets["target"],
        ),
        "mentions": found.mentions.assign(note=None),
        "cues": with_voices(found).assign(note="source: " + found.cues["source"]),
        "sentences": toned.assign(note="compound: " + toned["compound"].map(signed).astype("str")),
        "quotes": quotes.assign(note="speaker: " + quotes["speaker"]),
    }


def _cells(
    tables: dict[str, pd.DataFrame], found: Annotations, number: dict[Any, str]
) -> Iterable[pd.DataFrame]:
    """Everything counted, a row an event and number that counts it (``cell``)."""
    opening = found.articles[["article_id"]].assign(field="text", start=0, end=0, note=None)
    of_outlet = [
        ("articles", opening, None),
        ("quotes", tables["quotes"], None),
        ("loaded", tables["loaded"], "voice"),
        ("epithets", tables["epithets"], "voice"),
        ("cues", tables["cues"], "cue_class"),
        ("tone", tables["sentences"], "voice"),
    ]
    for name, table, part in of_outlet:
        yield _rows(table, name, table["article_id"].map(number), part)
    yield _rows(tables["loaded"], "word", tables["loaded"]["entry"], "voice")
    yield _rows(tables["epithets"], "epithet", tables["epithets"]["entry"], "voice")
    named = tables["epithets"][tables["epithets"]["target"].notna()]
    yield _rows(named, "target", named["target"], "polarity")
    yield _rows(tables["mentions"], "mention", tables["mentions"]["target"], None)


def _rows(table: pd.DataFrame, name: str, group: pd.Series, part: str | None) -> pd.DataFrame:
    rows = table[["article_id", "field", "start", "end", "note"]]
    cell = name + SEPARATOR + group.astype("str")
    return rows.assign(cell=cell if part is None else cell + SEPARATOR + table[part].astype("str"))
