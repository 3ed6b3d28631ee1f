"""Annotators' labels of real articles: how far two agree, and the merged labels with the text joined on.

    python benchmarks/annotations.py --data DIR [--out FOLDER]

DIR holds ``allsides_articles.parquet``. ``annotations/`` has what each annotator marked by the guide, alone: offsets
and labels only, since the articles are their publishers'. Merged, an item is ``core`` if both marked it and at least
one as core, ``debatable`` otherwise; negatives and quotations are those that both marked. With ``--out`` the merged
labels of the first 20 articles are written with their text, for evaluation.

| files | articles | annotators | layers | errors |
| --- | --- | --- | --- | --- |
| ``epithets_a``, ``_b`` | 20 | two | all | rules were written after them |
| ``_c``, ``_d``, ``_e``, ``_f_w`` | 205 | one each | all, of 20 only epithets | read, and rules written after them |
| ``_x_z`` | 29 | one each | all | those of epithets read later |
| ``_2a``, ``_2b`` | 96 | two | epithets and negatives | scored first, then read |
| ``_t`` | 112 | one each | epithets and negatives | scored first, then read |
| ``_3a``, ``_3b``, ``_4a``, ``_4b`` | 48 | two | epithets and negatives | scored, not read |

The annotators of ``_t`` were told to call an unmarked block quotation direct; the others decided for themselves.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import pandas as pd

HERE = Path(__file__).resolve().parent / "annotations"
PAIRS = (("a", "b"), ("2a", "2b"), ("3a", "3b"), ("4a", "4b"))
LAYERS = ("epithets", "loaded", "negatives", "quotes")
Row = dict[str, Any]


def read(name: str) -> dict[str, Row]:
    """Labels by article key."""
    lines = (HERE / name).read_text(encoding="utf8").split("\n")
    return {record["key"]: record for record in map(json.loads, filter(None, lines))}


def same(a: Row, b: Row) -> bool:
    """At least half of the shorter span is shared."""
    common = min(a["end"], b["end"]) - max(a["start"], b["start"])
    return common > 0 and common >= 0.5 * min(a["end"] - a["start"], b["end"] - b["start"])


def pairs(a: list[Row], b: list[Row]) -> tuple[list[tuple[Row, Row]], list[Row]]:
    """Spans that both marked, and those that one did."""
    left, together, alone = list(b), [], []
    for row in a:
        match = next((other for other in left if same(row, other)), None)
        if match is None:
            alone.append(row)
        else:
            left.remove(match)
            together.append((row, match))
    return together, alone + left


def merged(a: list[Row], b: list[Row]) -> list[Row]:
    """Spans of both annotators with the state that follows from the two."""
    together, alone = pairs(a, b)
    rows = [{**row, "state": "debatable"} for row in alone]
    for one, two in together:
        kept, other = (one, two) if one["end"] - one["start"] <= two["end"] - two["start"] else (two, one)
        state = "core" if "core" in (one["state"], two["state"]) else "debatable"
        alternative = {"target_alt": other["target"]} if one.get("target") != two.get("target") else {}
        rows.append({**kept, **alternative, "state": state})
    return sorted(rows, key=lambda r: (r["start"], r["end"]))


def merge(a: Row, b: Row) -> Row:
    """One article's labels from both annotators'."""
    both = {layer: [one for one, _ in pairs(a[layer], b[layer])[0]] for layer in ("negatives", "quotes")}
    epithets = merged(a["epithets"], b["epithets"])
    negatives = [
        n
        for n in both["negatives"]
        if not any(n["start"] < e["end"] and e["start"] < n["end"] for e in epithets)
    ]
    facts = {k: a[k] for k in ("key", "outlet", "leaning")}
    loaded = merged(a["loaded"], b["loaded"])
    return {**facts, "epithets": epithets, "negatives": negatives, "loaded": loaded, "quotes": both["quotes"]}


def single(*names: str) -> dict[str, Row]:
    """The labels of articles that one annotator read, by the files' names: "c"."""
    return {key: record for name in names for key, record in read(f"epithets_{name}.jsonl").items()}


def twice(one: str, other: str) -> dict[str, Row]:
    """The merged labels of articles that two annotators read, by the names of their files: "a", "b"."""
    a, b = read(f"epithets_{one}.jsonl"), read(f"epithets_{other}.jsonl")
    return {key: merge(a[key], b[key]) for key in a}


def core_f1(a: list[Row], b: list[Row]) -> tuple[int, int, int]:
    """Core spans of A that B marked in any state, core spans of B that A marked, and core spans of both."""
    found = [
        sum(any(same(x, y) for y in other) for x in mine if x["state"] == "core")
        for mine, other in ((a, b), (b, a))
    ]
    return found[0], found[1], sum(r["state"] == "core" for r in a + b)


def agreement(one: str, other: str, layer: str) -> dict[str, float]:
    """Shares: of each annotator's core spans that the other marked, and of the same label on spans of both."""
    a, b = read(f"epithets_{one}.jsonl"), read(f"epithets_{other}.jsonl")
    counts = [core_f1(a[k][layer], b[k][layer]) for k in a]
    together = [p for k in a for p in pairs(a[k][layer], b[k][layer])[0]]
    shares = {"core_found_by_other": sum(x + y for x, y, _ in counts) / sum(n for *_, n in counts)}
    return shares | {
        f"same_{c}": sum(x.get(c) == y.get(c) for x, y in together) / len(together)
        for c in ("voice", "kind", "form")
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    table = [
        {"files": f"{one}, {other}", "layer": layer, **agreement(one, other, layer)}
        for one, other in PAIRS
        for layer in (("epithets", "loaded") if one == "a" else ("epithets",))
    ]
    print(pd.DataFrame(table).round(3).to_string(index=False))
    labels = list(twice("a", "b").values())
    if args.out:
        texts = pd.read_parquet(args.data / "allsides_articles.parquet", columns=["id", "text"]).astype(
            {"id": str}
        )
        text = texts.set_index("id")["text"].to_dict()
        args.out.mkdir(parents=True, exist_ok=True)
        with (args.out / "epithets.jsonl").open("w", encoding="utf8") as file:
            for record in labels:
                whole = text[record["key"]]
                for row in (r for layer in LAYERS for r in record[layer]):
                    row["text"] = whole[row["start"] : row["end"]]
                file.write(json.dumps({**record, "text": whole}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
