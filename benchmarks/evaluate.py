"""How good the annotation is on published human annotation of real news, as one Markdown table.

    python benchmarks/evaluate.py --data DIR

DIR holds any of: PolNeAR (``polnear_*.parquet``, development part), BABE (``babe_dev.parquet``), the Propaganda
Techniques Corpus (``ptc_*.parquet``), and AllSides articles (``allsides_articles.parquet``) for those that our
annotators labelled (``annotations.py``). What is not there is left out. How each figure is counted:

- attributed characters: of PolNeAR's attributed contents, those in our direct or indirect speech, white space aside
- direct speech: our quoted characters that PolNeAR attributes; its wholly quoted contents that ours cover
- speakers: of its quotations that we found and that have a source, those whose source's span or name is ours
- loaded words: distinct words of our loaded hits against those that BABE's experts marked; AUC of their number
- characters of loaded language and name-calling: our loaded words and epithets against PTC's two techniques
- epithets, and loaded words in the outlet's own voice: `core` items found, against what is found and nobody marked
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import annotations
import numpy as np
import pandas as pd

from analysis import annotate
from analysis.annotate import EPITHETS, Annotations

WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
SUFFIXES = {"jr", "sr", "ii", "iii", "mp", "md"}
Row = tuple[str, str, int, str]  # what, on what, how many, figure


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    print("| what | measured on | n | figure |\n| --- | --- | --- | --- |")
    parts: list[tuple[str, Callable[[Path], Iterator[Row]]]] = [
        ("polnear_docs.parquet", polnear),
        ("allsides_articles.parquet", annotated),
        ("babe_dev.parquet", babe),
        ("ptc_articles.parquet", ptc),
    ]
    for file, measure in parts:
        if (data / file).is_file():
            for what, where, n, figure in measure(data):
                print(f"| {what} | {where} | {n:,} | {figure} |", flush=True)


def prf(right: float, found: float, gold: float) -> str:
    """F1 with its two parts."""
    precision, recall = right / max(found, 1), right / max(gold, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"F1 {f1:.2f} (precision {precision:.2f}, recall {recall:.2f})"


def by_article(table: pd.DataFrame, **where: list[str]) -> dict[str, list]:
    """Rows of the text by article."""
    for column, values in where.items():
        table = table[table[column].isin(values)]
    table = table[table["field"] == "text"]
    return {key: list(rows.itertuples()) for key, rows in table.groupby("article_id")}


def cover(length: int, spans: list[tuple[int, int]]) -> np.ndarray:
    """Which characters lie in a span."""
    inside = np.zeros(length, bool)
    for start, end in spans:
        inside[start:end] = True
    return inside


# -- PolNeAR: whose words ------------------------------------------------------------------------------------


def polnear(data: Path) -> Iterator[Row]:
    docs = pd.read_parquet(data / "polnear_docs.parquet")
    docs = docs[docs["split"] == "dev"]
    gold = pd.read_parquet(data / "polnear_attributions.parquet")
    gold = gold[gold["primary"] & gold["doc"].isin(docs["doc"])].copy()
    gold["kind"] = quotation_kind(gold)
    for column in ("content_spans", "source_spans"):
        gold[column] = [json.loads(s) if isinstance(s, str) else [] for s in gold[column]]
    found = annotate(docs.rename(columns={"doc": "article_id"})[["article_id", "outlet", "title", "text"]])
    voices = by_article(found.voices, voice=["direct", "indirect"])
    sums = sum(
        of_document(d.text, gold[gold["doc"] == d.doc], voices.get(d.doc, [])) for d in docs.itertuples()
    )
    solid, both, either, attributed, right, direct, covered, quoted, n, hits, named, speakers = sums
    where = "PolNeAR, development part"
    yield "attributed by the annotators", where, len(docs), f"{attributed / solid:.0%} of characters"
    yield "attributed characters", where, len(docs), prf(both, either, attributed)
    yield "direct speech", where, len(docs), f"precision {right / direct:.3f}, recall {covered / quoted:.3f}"
    yield "quotations found", where, int(n), f"{hits / n:.3f}"
    yield "their speakers", where, int(named), f"{speakers / named:.3f}"


def quotation_kind(gold: pd.DataFrame) -> pd.Series:
    """PolNeAR's heuristic knows double marks only; contents that begin with a single one are quotations too."""
    opens = gold["content"].str.match(r"\s*(?:‘|'(?!\d0s|tis|em\b))") & (gold["kind"] == "indirect")
    closes = gold["content"].str.contains(r"[’'][\s.,;:?!]*$")
    return gold["kind"].mask(opens & closes, "direct").mask(opens & ~closes, "mixed")


def of_document(text: str, gold: pd.DataFrame, rows: list) -> np.ndarray:
    """Counts of one document, in the order that `polnear` unpacks."""
    solid = np.array([not c.isspace() for c in text], bool)
    attributed = cover(len(text), [s for spans in gold["content_spans"] for s in spans]) & solid
    ours = {
        v: cover(len(text), [(r.start, r.end) for r in rows if r.voice == v]) & solid
        for v in ("direct", "indirect")
    }
    either = ours["direct"] | ours["indirect"]
    whole = [s for spans in gold[gold["kind"] == "direct"]["content_spans"] for s in spans]
    quoted = cover(len(text), whole) & solid
    characters = [solid.sum(), (attributed & either).sum(), either.sum(), attributed.sum()]
    characters += [
        (ours["direct"] & attributed).sum(),
        ours["direct"].sum(),
        (quoted & ours["direct"]).sum(),
        quoted.sum(),
    ]
    quotations = gold[gold["kind"].isin(["direct", "mixed"])]
    direct = [r for r in rows if r.voice == "direct"]
    hits = [(a, quotation_of(a, direct, len(text))) for a in quotations.itertuples()]
    found = [(a, row) for a, row in hits if row is not None]
    named = [(a, row) for a, row in found if a.source_spans]
    return np.array(
        [*characters, len(quotations), len(found), len(named), sum(speaker_right(a, r) for a, r in named)]
    )


def quotation_of(gold: tuple, rows: list, length: int):
    """Our quotation that shares most with the gold one, if at least half of it does."""
    inside = cover(length, gold.content_spans)  # type: ignore[attr-defined]
    best = max(rows, key=lambda r: inside[r.start : r.end].sum(), default=None)
    if best is None or inside[best.start : best.end].sum() < 0.5 * (best.end - best.start):
        return None
    return best


def speaker_right(gold: tuple, row: tuple) -> bool:
    """The source's span is the gold's, or the speaker has its name."""
    a, b = row.source_start, row.source_end  # type: ignore[attr-defined]
    if not pd.isna(a):
        for x, y in gold.source_spans:  # type: ignore[attr-defined]
            if min(b, y) - max(a, x) >= 0.5 * min(b - a, y - x) and b - a <= max(3 * (y - x), y - x + 25):
                return True
    return same_name(row.speaker, gold.source)  # type: ignore[attr-defined]


def same_name(one: object, other: object) -> bool:
    """Last words agree, and where both have more, the first or all of the shorter."""
    a, b = (
        [
            w
            for w in (
                re.sub(r"[’']s$", "", w).casefold() for w in WORD.findall(n if isinstance(n, str) else "")
            )
            if w not in SUFFIXES
        ]
        for n in (one, other)
    )
    return bool(a and b) and a[-1] == b[-1] and (a[0] == b[0] or set(a) <= set(b) or set(b) <= set(a))


# -- articles that we annotated: epithets, loaded words, quotations --------------------------------------------


def annotated(data: Path) -> Iterator[Row]:
    one, two = "one annotator each", "two annotators"
    for gold, where in (
        (annotations.twice("a", "b"), f"first 20 articles, {two}"),
        (annotations.single("c", "d", "e", "f_w"), f"205 looked at, {one}"),
        (annotations.single("x_z"), f"29 looked at later, {one}"),
        (annotations.twice("2a", "2b"), f"96 looked at later, {two}"),
        (annotations.single("t"), f"112 looked at last, {one}"),
        (annotations.twice("3a", "3b") | annotations.twice("4a", "4b"), f"48 not looked at, {two}"),
    ):
        yield from on_articles(data, gold, where)


def others(mark: dict) -> list[str]:
    """Other targets that an annotator thought as right."""
    given = mark.get("target_alt") or []
    return [given] if isinstance(given, str) else given


def on_articles(data: Path, gold: dict[str, dict], where: str) -> Iterator[Row]:
    articles = pd.read_parquet(data / "allsides_articles.parquet", columns=["id", "outlet", "text"])
    articles = articles[articles["id"].isin(gold)].rename(columns={"id": "article_id"})
    found = annotate(articles)
    epithets = by_article(found.epithets)
    pairs = [(epithets.get(k, []), gold[k]["epithets"]) for k in gold]
    matched = [m for rows, marks in pairs for m in core_matches(rows, marks)]
    n = sum(m["state"] == "core" for _, marks in pairs for m in marks)
    yield "epithets", where, n, prf(len(matched), len(matched) + sum(unmarked(r, m) for r, m in pairs), n)
    shares = {
        "kind": np.mean([r.kind == m["kind"] for r, m in matched]),
        "target": np.mean(
            [any(same_name(r.target, t) for t in (m["target"], *others(m))) for r, m in matched]
        ),
        "voice": np.mean([r.voice == m["voice"] for r, m in matched]),
    }
    yield "of those found, right", where, len(matched), ", ".join(f"{k} {v:.2f}" for k, v in shares.items())
    forbidden = sum(
        any(overlaps(r, m) for r in epithets.get(k, [])) for k in gold for m in gold[k]["negatives"]
    )
    yield "forbidden spans flagged", where, sum(len(g["negatives"]) for g in gold.values()), str(forbidden)
    marked = {k: g for k, g in gold.items() if g["loaded"]}
    if not marked:
        return
    yield from own_loaded(found, marked, where.replace(str(len(gold)), str(len(marked))))
    yield from quotations(found, marked, where.replace(str(len(gold)), str(len(marked))))


def own_loaded(found: Annotations, gold: dict[str, dict], where: str) -> Iterator[Row]:
    loaded = by_article(found.loaded, voice=["outlet"])
    pairs = [(loaded.get(k, []), gold[k]["loaded"]) for k in gold]
    core = [
        (rows, m) for rows, marks in pairs for m in marks if m["state"] == "core" and m["voice"] == "outlet"
    ]
    right = sum(any(overlaps(r, m) or overlaps(m, r) for r in rows) for rows, m in core)
    extra = sum(
        not any(overlaps(r, m) or overlaps(m, r) for m in marks) for rows, marks in pairs for r in rows
    )
    yield "loaded words, outlet's own voice", where, len(core), prf(right, right + extra, len(core))


def quotations(found: Annotations, gold: dict[str, dict], where: str) -> Iterator[Row]:
    voices = by_article(found.voices, voice=["direct", "scare"])
    marks = [(voices.get(k, []), q) for k in gold for q in gold[k]["quotes"]]
    matched = [(r, q) for rows, q in marks for r in rows if (r.start, r.end) == (q["start"], q["end"])]
    named = [(r, q) for r, q in matched if q["speaker"]]
    yield "quotations found to the character", where, len(marks), f"{len(matched) / len(marks):.3f}"
    right = np.mean([same_name(r.speaker, q["speaker"]) for r, q in named])
    yield "their speakers", where, len(named), f"{right:.3f}"


def bounds(row: object) -> tuple[int, int]:
    return (row["start"], row["end"]) if isinstance(row, dict) else (row.start, row.end)  # type: ignore[attr-defined]


def overlaps(one: object, gold: object) -> bool:
    """At least half of ``gold`` is covered, by a span not much longer."""
    (a, b), (c, d) = bounds(one), bounds(gold)
    return min(b, d) - max(a, c) >= 0.5 * (d - c) and b - a <= max(3 * (d - c), d - c + 12)


def core_matches(rows: list, marks: list[dict]) -> list[tuple]:
    """Core marks with the row of ours that fits best, each row once."""
    free, matched = list(rows), []
    for mark in (m for m in marks if m["state"] == "core"):
        fits = [r for r in free if overlaps(r, mark)]
        if fits:
            best = max(
                fits,
                key=lambda r: min(r.end, mark["end"]) - max(r.start, mark["start"]) - abs(r.end - r.start),
            )
            free.remove(best)
            matched.append((best, mark))
    return matched


def unmarked(rows: list, marks: list[dict]) -> int:
    """Rows that no mark explains."""
    return sum(not any(overlaps(r, m) or overlaps(m, r) for m in marks) for r in rows)


# -- BABE and PTC: loaded words -----------------------------------------------------------------------------


def babe(data: Path) -> Iterator[Row]:
    sentences = pd.read_parquet(data / "babe_dev.parquet")
    sentences = sentences[sentences["label_bias"].isin(["Biased", "Non-biased"])]
    found = annotate(sentences.rename(columns={"sid": "article_id"})[["article_id", "text"]])
    hits = by_article(found.loaded)
    ours = [
        {w.casefold() for r in hits.get(s.sid, []) for w in WORD.findall(r.text)}
        for s in sentences.itertuples()
    ]
    gold = [{w.casefold() for p in phrases for w in WORD.findall(p)} for phrases in sentences["biased_words"]]
    right = sum(len(a & b) for a, b in zip(ours, gold, strict=True))
    yield (
        "words experts marked as biased",
        "BABE",
        len(gold),
        prf(right, sum(map(len, ours)), sum(map(len, gold))),
    )
    biased = (sentences["label_bias"] == "Biased").to_numpy()
    rank = pd.Series([len(w) for w in ours]).rank().to_numpy()
    auc = (rank[biased].sum() - biased.sum() * (biased.sum() + 1) / 2) / (biased.sum() * (~biased).sum())
    yield "sentences experts call biased", "BABE", len(gold), f"AUC {auc:.2f}"
    yield from unlisted(found, dict(zip(sentences["sid"], gold, strict=True)))


def unlisted(found: Annotations, gold: dict[str, set[str]]) -> Iterator[Row]:
    """Of the evaluative epithets that no list of loaded words holds, how many experts marked: why only some count."""
    listed = by_article(found.loaded[found.loaded["lexicon"] != EPITHETS])
    rows = found.epithets[found.epithets["kind"] == "evaluative"]
    free = [
        not any(r.start < h.end and h.start < r.end for h in listed.get(r.article_id, []))
        for r in rows.itertuples()
    ]
    rows = rows[free]
    words = [{w.casefold() for w in WORD.findall(text)} for text in rows["text"]]
    marked = np.array([bool(w & gold[i]) for w, i in zip(words, rows["article_id"], strict=True)])
    shares = [
        f"{p} {marked[(rows['polarity'] == p).to_numpy()].mean():.2f}"
        for p in ("negative", "neutral", "positive")
    ]
    yield "unlisted evaluative epithets that experts marked", "BABE", len(rows), ", ".join(shares)


def ptc(data: Path) -> Iterator[Row]:
    docs = pd.read_parquet(data / "ptc_articles.parquet").astype({"article_id": str})
    spans = pd.read_parquet(data / "ptc_spans.parquet").astype({"article_id": str})
    spans = spans[spans["technique"].isin(["Loaded_Language", "Name_Calling,Labeling"])]
    found = annotate(docs[["article_id", "text"]])
    ours = [by_article(table) for table in (found.loaded, found.epithets)]
    counts = np.zeros(3)
    for doc in docs.itertuples():
        marks = spans[spans["article_id"] == doc.article_id]
        gold = cover(len(doc.text), list(zip(marks["start"], marks["end"], strict=True)))
        mine = cover(len(doc.text), [(r.start, r.end) for rows in ours for r in rows.get(doc.article_id, [])])
        counts += [(gold & mine).sum(), mine.sum(), gold.sum()]
    yield "characters of loaded language and name-calling", "PTC", len(docs), prf(*counts)


if __name__ == "__main__":
    main()
