"""How well epithets and mentions are found: against annotated real articles, and how fast.

    python benchmarks/epithets.py --data DIR

DIR holds ``allsides_articles.parquet``. Epithets are compared with two annotators' merged labels
(``annotations.py``): rules and lists were developed while looking at these 20 articles, so that new
articles will score lower. Names are compared with ``annotations/names.jsonl``: ten articles whose names
were found by this program and then corrected by hand, which favours it. Prints one table each.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any

import pandas as pd
from annotations import HERE, merge, read

from analysis.corpus import documents
from analysis.epithets import epithets
from analysis.mentions import mentions

Row = dict[str, Any]


def overlap(found: Row, gold: Row) -> bool:
    """At least half of the gold span, by a span at most three times (or 12 characters) as long."""
    common = min(found["end"], gold["end"]) - max(found["start"], gold["start"])
    length = gold["end"] - gold["start"]
    return common >= 0.5 * length and found["end"] - found["start"] <= max(3 * length, length + 12)


def same_target(a: str, b: str | None) -> bool:
    """The last words agree, and one name holds the other's words or begins with the same."""
    one, other = (str(name or "").casefold().split() for name in (a, b))
    if not one or not other or one[-1] != other[-1]:
        return False
    return one[0] == other[0] or set(one) <= set(other) or set(other) <= set(one)


def epithet_counts(found: list[Row], gold: Row) -> Row:
    """Counts of one article: core items, those found with the right target and kind, spurious, forbidden."""
    core = [g for g in gold["epithets"] if g["state"] == "core"]
    counts: Row = {"core": len(core), "hit": 0, "target": 0, "kind": 0}
    for g in core:
        match = next((f for f in found if overlap(f, g)), None)
        if match:
            names = (g["target"], g.get("target_alt", g["target"]))
            counts["hit"] += 1
            counts["target"] += any(same_target(match["target"], name) for name in names)
            counts["kind"] += match["kind"] == g["kind"]
    known = [f for f in found if any(overlap(f, g) or overlap(g, f) for g in gold["epithets"])]
    counts["spurious"] = len(found) - len(known)
    counts["forbidden"] = sum(any(overlap(f, n) for f in found) for n in gold["negatives"])
    return counts


def epithet_scores(texts: dict[str, str]) -> pd.Series:
    """Precision, recall and F1 of core items; accuracy of target and kind on those found."""
    a, b = read("epithets_a.jsonl"), read("epithets_b.jsonl")
    found = epithets(table(list(a), texts))
    by_article = {key: rows.to_dict("records") for key, rows in found.groupby("article_id")}
    total = pd.DataFrame([epithet_counts(by_article.get(key, []), merge(a[key], b[key])) for key in a]).sum()
    precision, recall = total["hit"] / (total["hit"] + total["spurious"]), total["hit"] / total["core"]
    return pd.Series(
        {
            "core": total["core"],
            "precision": precision,
            "recall": recall,
            "f1": 2 * precision * recall / (precision + recall),
            "target": total["target"] / total["hit"],
            "kind": total["kind"] / total["hit"],
            "forbidden": total["forbidden"],
        }
    ).round(3)


def name_scores(texts: dict[str, str]) -> pd.Series:
    """Precision and recall of names (the same span, give or take a title), and accuracy of their targets."""
    lines = (HERE / "names.jsonl").read_text(encoding="utf8").splitlines()
    gold = {record["key"]: record["names"] for record in map(json.loads, lines)}
    found = mentions(table(list(gold), texts))
    found = found[found["form"] != "role"]
    hits = right = 0
    for key, names in gold.items():
        mine = found[found["article_id"] == key].set_index("end")["target"].to_dict()
        hits += sum(name["end"] in mine for name in names)
        right += sum(same_target(mine.get(name["end"], ""), name["target"]) for name in names)
    n = sum(map(len, gold.values()))
    scores = {"names": n, "precision": hits / len(found), "recall": hits / n, "target": right / hits}
    return pd.Series(scores).round(3)


def speeds(texts: dict[str, str], n: int = 600) -> pd.Series:
    """Thousand words a second of processor time, for each stage, on the first ``n`` articles."""
    docs = table(list(texts)[:n], texts)
    words = docs["text"].str.split().str.len().sum()
    epithets(docs.head(1))  # reads the lists
    began = time.process_time()
    people = mentions(docs)
    between = time.process_time()
    epithets(docs, people)
    ended = time.process_time()
    return (
        pd.Series({"mentions": words / (between - began), "epithets": words / (ended - between)})
        .div(1000)
        .round()
    )


def table(keys: list[str], texts: dict[str, str]) -> pd.DataFrame:
    return documents(pd.DataFrame({"article_id": keys, "text": [texts[key] for key in keys]}))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    articles = pd.read_parquet(parser.parse_args().data / "allsides_articles.parquet", columns=["id", "text"])
    texts = articles.astype(str).set_index("id")["text"].to_dict()
    for title, scores in (
        ("epithets", epithet_scores(texts)),
        ("names", name_scores(texts)),
        ("thousand words a second", speeds(texts)),
    ):
        print(f"{title}\n{scores.to_string()}\n")


if __name__ == "__main__":
    main()
