"""Keyness: speed and memory beside what one would use instead; what it finds where there is nothing, and something.

    python benchmarks/keyness.py [--data DIR] [--articles 20000]

Speed is of texts as in ``speed.py``, in processor time on one core, from text to table. Peers are timed if they are
installed (``pip install scattertext pycorpdiff``), on a tenth of the articles.
With ``--data`` (a folder with ``allsides_articles.parquet`` or ``polnear_docs.parquet``) also, on real outlets:
the null (random halves of one outlet), planted differences (a word's count doubled in a random half of the
articles) beside what `keyness_power` says, and how far intervals and partisanship err where nothing differs. Exit
code 1 if anything is outside what it must be.
"""

from __future__ import annotations

import argparse
import importlib.util
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import CountVectorizer
from speed import articles as texts_of  # puts the checkout on the path

from analysis.keyness import keyness, keyness_counts, keyness_power
from analysis.partisanship import partisanship
from analysis.stories import copies
from analysis.terms import Counts, count_terms

SECONDS = {"words": 8, "words of 20 articles, 1,000 resamples, beyond words": 20, "phrases of 1-3 words": 40}
MEGABYTES = 2_000
LEAST_ARTICLES = 60


def timed(call: Callable[[], Any]) -> tuple[float, Any]:
    start = time.process_time()
    result = call()
    return time.process_time() - start, result


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def corpus(data: Path | None, n: int) -> pd.DataFrame:
    texts = [text for batch in texts_of(data, n) for text in batch.to_pylist()]
    side = np.where(np.random.default_rng(0).random(n) < 0.5, "a", "b")
    return pd.DataFrame({"article_id": range(n), "outlet": side, "text": texts})


def speed(data: Path | None, n: int) -> bool:
    """Print seconds and memory; True if all are within what they must be."""
    articles = corpus(data, n)
    options: dict[str, Any] = {"by": "outlet", "target": "a"}
    words, table = timed(lambda: keyness(articles, **options, draws=0))
    print(f"{n:,} articles\nwords: {words:.1f} s, {len(table):,} terms, {megabytes():,.0f} MB")
    resampled, table = timed(lambda: keyness(articles, **options, draws=1000, min_articles=20))
    memory = megabytes()
    print(f"words of 20 articles, 1,000 resamples: {resampled:.1f} s, {len(table):,} terms, {memory:,.0f} MB")
    phrases, table = timed(lambda: keyness(articles, **options, draws=0, lengths=(1, 2, 3)))
    print(f"phrases of 1-3 words: {phrases:.1f} s, {len(table):,} terms, {megabytes():,.0f} MB")
    seconds, table = timed(lambda: copies(articles))
    print(f"copies: {seconds:.1f} s, {len(table):,} found, {megabytes():,.0f} MB")
    for name, seconds, size in peers(articles):
        print(f"  {name}: {seconds:.1f} s for {size:,} articles")
    within = [a <= b for a, b in zip((words, resampled - words, phrases), SECONDS.values(), strict=True)]
    return all(within) and memory <= MEGABYTES


def peers(articles: pd.DataFrame) -> Iterator[tuple[str, float, int]]:
    """Name, seconds and articles of what one would use instead."""
    counting = timed(lambda: CountVectorizer(min_df=5).fit_transform(articles["text"]))[0]
    yield "scikit-learn CountVectorizer, counts alone", counting, len(articles)
    some = articles[: max(len(articles) // 10, 200)]
    if importlib.util.find_spec("scattertext"):
        yield "scattertext, counts and scaled F-scores", timed(lambda: scattertext_scores(some))[0], len(some)
    if importlib.util.find_spec("pycorpdiff"):
        yield "pycorpdiff, keyness", timed(lambda: pycorpdiff_table(some))[0], len(some)
        yield "pycorpdiff, keyness, 99 resamples", timed(lambda: pycorpdiff_table(some, 99))[0], len(some)


def scattertext_scores(articles: pd.DataFrame) -> Any:
    import scattertext

    made = scattertext.CorpusFromPandas(
        articles,
        category_col="outlet",
        text_col="text",
        nlp=scattertext.whitespace_nlp_with_sentences,
        feats_from_spacy_doc=scattertext.FeatsFromSpacyDoc(),
    ).build()
    return made.get_scaled_f_scores("a")


def pycorpdiff_table(articles: pd.DataFrame, resamples: int = 0) -> Any:
    import pycorpdiff

    a, b = (pycorpdiff.from_dataframe(part, text_col="text") for _, part in articles.groupby("outlet"))
    options = {"ci": "bootstrap", "n_boot": resamples} if resamples else {}
    return pycorpdiff.compare(a, b).keyness(**options)


# -- calibration -----------------------------------------------------------------------------------


def outlets(data: Path) -> Iterator[tuple[str, pd.DataFrame]]:
    """Real outlets with enough articles to halve."""
    for file, key in (("allsides_articles", "id"), ("polnear_docs", "doc")):
        if (data / f"{file}.parquet").is_file():
            table = pd.read_parquet(data / f"{file}.parquet", columns=[key, "outlet", "text"])
            for name, part in table.rename(columns={key: "article_id"}).groupby("outlet"):
                if len(part) >= LEAST_ARTICLES:
                    yield f"{name} ({file.split('_')[0]})", part.reset_index(drop=True)


def null(data: Path, splits: int = 20) -> bool:
    """Print what random halves of one outlet show; True if it is as it must be."""
    rng, rows = np.random.default_rng(1), []
    for name, articles in outlets(data):
        counts = count_terms(articles, min_articles=5)
        tables = [halves(counts, rng) for _ in range(splits)]
        below, false = (
            np.mean([(t[c] < 0.05).agg(how) for t in tables]) for c, how in (("p", "mean"), ("q", "sum"))
        )
        token = np.mean([(t["g2"].abs() > 3.841).mean() for t in tables])
        rows.append((name, len(articles), len(tables[0]), below, false, token))
    table = pd.DataFrame(
        rows, columns=["outlet", "articles", "terms", "p < .05", "q < .05 (number)", "G2 p < .05"]
    )
    print(f"\nrandom halves, {splits} of each of {len(table)} outlets")
    print(table.describe().loc[["mean", "min", "max"]].round(3).to_string())
    return bool(table["p < .05"].between(0.03, 0.07).all() and (table["q < .05 (number)"] < 1).all())


def halves(counts: Counts, rng: np.random.Generator) -> pd.DataFrame:
    n = len(counts.words)
    groups = np.where(rng.permutation(n) < n // 2, "a", "b")
    return keyness_counts(counts, groups, target="a", draws=0)


def narrow(data: Path, splits: int = 4) -> None:
    """Print what intervals and the estimates of partisanship say of random halves, where nothing differs."""
    rng, outside, chance = np.random.default_rng(3), [], []
    for _, articles in outlets(data):
        n = len(articles)
        if n < 120:
            continue
        for _ in range(splits):
            few = articles.iloc[rng.permutation(n)[:120]]
            table = keyness(few.assign(half=["a", "b"] * 60), by="half", target="a", unit="article_id")
            outside.append(((table["low"] > 0) | (table["high"] < 0)).mean())
        twenty = articles.iloc[rng.permutation(n)[:20]].assign(half=["a", "b"] * 10)
        both = partisanship(twenty, by="half", target="a", min_articles=2, unit="article_id").iloc[0]
        chance.append((both["estimate"], both["plug_in"]))
    left_out, plug_in = np.mean(chance, axis=0)
    print(
        f"\nhalves of 60 articles: {np.mean(outside):.1%} of intervals are without 0 ({len(chance)} outlets)"
    )
    print(
        f"ten articles a side: partisanship {left_out:.3f} left out, {plug_in:.3f} plugged in; the truth is .500"
    )


def planted(data: Path, splits: int = 40, most: int = 8) -> bool:
    """Print how often doubled words are found, beside what power says; True if they agree."""
    rng, rows = np.random.default_rng(2), []
    for _, articles in list(outlets(data))[:most]:
        counts, n = count_terms(articles, min_articles=5), len(articles)
        sides = articles.assign(side=np.where(np.arange(n) < n // 2, "a", "b"))
        expected = keyness_power(sides, by="side", target="a").set_index("term")
        chosen = rng.choice(len(counts.terms), 200, replace=False)
        found = np.zeros(200)
        for _ in range(splits):
            table = planted_table(counts, chosen, rng)
            found += (table.loc[counts.terms[chosen], "p"] < 0.05).to_numpy() / splits
        rows.append(expected.loc[counts.terms[chosen]].assign(found=found))
    table = pd.concat(rows)
    bins = pd.cut(table["power"], [-0.01, 0.2, 0.4, 0.6, 0.8, 1])
    print(f"\ncounts doubled in a random half, {splits} times, 200 words of each of {len(rows)} outlets")
    summary = table.groupby(bins, observed=True)[["power", "found"]].mean().round(3)
    print(summary.assign(words=table.groupby(bins, observed=True).size()).to_string())
    return bool((summary["power"] - summary["found"]).abs().max() < 0.05)


def planted_table(counts: Counts, chosen: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    n = len(counts.words)
    half = rng.permutation(n) < n // 2
    matrix = counts.matrix.tolil()
    matrix[np.ix_(half, chosen)] = 2 * matrix[np.ix_(half, chosen)].toarray()
    doubled = Counts(matrix.tocsr(), counts.terms, counts.words, counts.article_id)
    table = keyness_counts(doubled, np.where(half, "a", "b"), target="a", draws=0)
    return table.set_index("term")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path)
    parser.add_argument("--articles", type=int, default=20_000)
    given = parser.parse_args()
    good = [speed(given.data, given.articles)]
    if given.data:
        good += [null(given.data), planted(given.data)]
        narrow(given.data)
    if not all(good):
        sys.exit("outside what it must be")


if __name__ == "__main__":
    main()
