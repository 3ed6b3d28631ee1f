"""Whose words, by outlet: how much of what is attributed or quoted we find, against human annotation.

    python benchmarks/voices.py --data DIR [--split dev]

DIR holds ``polnear_docs.parquet`` and ``polnear_attributions.parquet`` (PolNeAR, Newell et al. 2018: every
attribution in political news of seven outlets). Prints a Markdown table. A difference between outlets in
what is missed would look like a difference in how they frame, so read a comparison of outlets beside it.

PolNeAR counts more as attributed than the annotation guide does (what somebody wants, likes or criticises):
a recall of 1 is neither possible nor wanted here.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from pathlib import Path

import numpy as np
import pandas as pd

from analysis import attributions, mentions

NAMES = {
    "breitbart": "Breitbart", "huff-post": "Huffington Post", "nyt": "New York Times", "politico": "Politico",
    "usa-today": "USA Today", "wash-post": "Washington Post", "west-journal": "Western Journal",
}  # fmt: skip
COUNTS = ["both", "ours", "theirs", "direct_right", "direct", "quoted_found", "quoted", "found", "quotations"]
COUNTS += ["speakers", "sourced"]
SUFFIXES = {"jr", "sr", "ii", "iii", "mp", "md"}
WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")


def gold(folder: Path, split: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The articles of a split, and their attributions with spans as lists."""
    docs = pd.read_parquet(folder / "polnear_docs.parquet").query("split == @split")
    table = pd.read_parquet(folder / "polnear_attributions.parquet")
    table = table[table["primary"] & table["doc"].isin(docs["doc"])].copy()
    for column in ("content_spans", "source_spans"):
        table[column] = [json.loads(spans) if isinstance(spans, str) else [] for spans in table[column]]
    # ``kind`` knows double marks only; the New York Times quotes with single ones.
    single = (table["kind"] == "indirect") & table["content"].str.match(r"\s*(?:‘|'(?!\d0s|tis|em\b))")
    closed = table["content"].str.contains(r"[’'][\s.,;:?!]*$")
    table["kind"] = np.where(single, np.where(closed, "direct", "mixed"), table["kind"])
    return docs, table


def covered(length: int, spans: list) -> np.ndarray:
    """Which of ``length`` characters lie in one of the spans."""
    mask = np.zeros(length, bool)
    for start, end in spans:
        mask[start:end] = True
    return mask


def same_name(ours: str | None, theirs: str | None) -> bool:
    """Last names agree, and first names too where both are given."""
    parts = []
    for name in (ours, theirs):
        words = [re.sub(r"[’']s$", "", word).casefold() for word in WORD.findall(name or "")]
        parts.append([word for word in words if word not in SUFFIXES])
    a, b = parts
    if not a or not b or a[-1] != b[-1]:
        return False
    return a[0] == b[0] or set(a) <= set(b) or set(b) <= set(a)


def right_source(row: dict, spans: list, name: str) -> bool:
    """Whether a quotation's source is the annotated one, by place or by name."""
    if pd.notna(row["source_start"]):
        start, end = row["source_start"], row["source_end"]
        for left, right in spans:
            shorter = min(end - start, right - left)
            fits = end - start <= max(3 * (right - left), right - left + 25)
            if fits and min(end, right) - max(start, left) >= 0.5 * shorter:
                return True
    return pd.notna(row["speaker"]) and same_name(row["speaker"], name)


def counts(text: str, rows: list[dict], attributed: pd.DataFrame) -> dict[str, float]:
    """What one article adds to each of ``COUNTS``."""
    solid = np.array([not character.isspace() for character in text], bool)
    theirs = covered(len(text), [s for spans in attributed["content_spans"] for s in spans]) & solid
    quotations = [row for row in rows if row["voice"] == "direct"]
    spans = {v: [(r["start"], r["end"]) for r in rows if r["voice"] == v] for v in ("direct", "indirect")}
    direct = covered(len(text), spans["direct"]) & solid
    ours = direct | covered(len(text), spans["indirect"]) & solid
    quoted = (
        covered(
            len(text), [s for a in attributed[attributed["kind"] == "direct"]["content_spans"] for s in a]
        )
        & solid
    )
    total = dict.fromkeys(COUNTS, 0.0) | {
        "both": (ours & theirs).sum(), "ours": ours.sum(), "theirs": theirs.sum(), "direct": direct.sum(),
        "direct_right": (direct & theirs).sum(), "quoted": quoted.sum(), "quoted_found": (quoted & direct).sum(),
    }  # fmt: skip
    for item in attributed[attributed["kind"].isin(["direct", "mixed"])].itertuples():
        total["quotations"] += 1
        mask = covered(len(text), item.content_spans)
        best = max(quotations, key=lambda row: mask[row["start"] : row["end"]].sum(), default=None)
        if best is None or 2 * mask[best["start"] : best["end"]].sum() < best["end"] - best["start"]:
            continue
        total["found"] += 1
        if item.source_spans:
            total["sourced"] += 1
            total["speakers"] += right_source(best, item.source_spans, item.source)
    return total


def figures(total: pd.Series) -> dict[str, float]:
    """The figures of the table from its counts."""
    return {
        "attributed F1": 2 * total["both"] / (total["ours"] + total["theirs"]),
        "direct precision": total["direct_right"] / total["direct"],
        "direct recall": total["quoted_found"] / total["quoted"],
        "quotations found": total["found"] / total["quotations"],
        "speakers right": total["speakers"] / total["sourced"],
        "quotations": total["quotations"],
    }


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with the two files of PolNeAR")
    parser.add_argument("--split", default="dev", help="dev or train")
    options = parser.parse_args()
    docs, attributed = gold(options.data, options.split)
    articles = pd.DataFrame({"article_id": docs["doc"].array, "text": docs["text"].array})
    people = mentions(articles)
    began = time.process_time()
    voices, _ = attributions(articles, people)
    seconds = time.process_time() - began
    by_article = {key: part.to_dict("records") for key, part in voices.groupby("article_id")}
    theirs = dict(list(attributed.groupby("doc")))
    rows = [
        {"outlet": NAMES.get(doc.outlet, doc.outlet)}
        | counts(doc.text, by_article.get(doc.doc, []), theirs[doc.doc])
        for doc in docs.itertuples()
        if doc.doc in theirs
    ]
    sums = pd.DataFrame(rows).groupby("outlet").sum()
    sums.loc["All"] = sums.sum()
    table = pd.DataFrame({outlet: figures(row) for outlet, row in sums.iterrows()}).T
    print("| outlet | " + " | ".join(table.columns) + " |")
    print("| --- |" + " --- |" * len(table.columns))
    for outlet, row in table.iterrows():
        print(
            f"| {outlet} | " + " | ".join(f"{value:.3f}" for value in row[:-1]) + f" | {row.iloc[-1]:.0f} |"
        )
    words = int(articles["text"].str.split().str.len().sum())
    print(
        f"\n{len(docs)} articles, {words:,} words, {words / seconds:,.0f} words a second on one core (mentions given)"
    )


if __name__ == "__main__":
    main()
