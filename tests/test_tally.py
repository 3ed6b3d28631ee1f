from collections import Counter

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import tally as module
from analysis.annotate import annotate, annotate_batch, options
from analysis.corpus import checked, load_corpus
from analysis.tally import NO_OUTLET, Sample, Tally

TEXTS = pd.DataFrame({"article_id": ["a", "b"], "text": ["x" * 100, "y" * 100]})


def events(starts, article="a", cell="c"):
    n = len(starts)
    return pd.DataFrame(
        {"cell": [cell] * n, "article_id": [article] * n, "field": ["text"] * n, "start": starts}
        | {"end": [s + 1 for s in starts], "note": [None] * n}
    )


def drawn(sample, cell="c", size=99):
    rows = sample.of([cell], size)
    return [(r.article_id, r.start) for r in rows.itertuples()]


# -- the sample ------------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 99), max_size=12), min_size=1, max_size=5), st.integers(0, 9))
def test_batches_change_neither_sample_nor_totals(parts, seed):
    every = list(dict.fromkeys(s for part in parts for s in part))
    whole, piecewise = Sample(size=3, seed=seed), Sample(size=3, seed=seed)
    whole.add(events(every), TEXTS)
    seen = set()
    for part in parts:
        new = [s for s in dict.fromkeys(part) if s not in seen]
        seen.update(new)
        piecewise.add(events(new), TEXTS)
    assert drawn(whole) == drawn(piecewise)
    assert whole.totals == piecewise.totals == Counter({"c": len(every)} if every else {})
    assert len(drawn(whole)) == min(3, len(every))


def test_every_row_is_as_likely_as_another():
    counts = Counter()
    for seed in range(400):
        sample = Sample(size=5, seed=seed)
        sample.add(events(list(range(20))), TEXTS)
        counts.update(start for _, start in drawn(sample))
    # 400 draws of 5 in 20: 100 each; the standard deviation is under 9, so this is four of them.
    assert set(counts) == set(range(20))
    assert all(64 < n < 136 for n in counts.values())


def test_the_same_seed_gives_the_same_rows_and_another_gives_others():
    def rows(seed):
        sample = Sample(size=4, seed=seed)
        sample.add(events(list(range(90))), TEXTS)
        return drawn(sample)

    assert rows(1) == rows(1)
    assert rows(1) != rows(2)


def test_cells_are_drawn_from_apart():
    sample = Sample(size=2)
    sample.add(pd.concat([events([1, 2, 3], cell="c"), events([4], "b", "d")]), TEXTS)
    assert len(drawn(sample, "c")) == 2
    assert drawn(sample, "d") == [("b", 4)]
    assert drawn(sample, "no such cell") == []
    assert sample.totals == {"c": 3, "d": 1}


def test_a_smaller_size_gives_the_first_of_the_larger():
    sample = Sample(size=5)
    sample.add(events(list(range(30))), TEXTS)
    assert drawn(sample, size=2) == drawn(sample)[:2]


def test_rows_come_with_their_sentences():
    articles = pd.DataFrame({"article_id": ["a"], "text": ["It rained. The embattled mayor left. So what?"]})
    sample = Sample()
    sample.add(events([15]).assign(end=24), articles)
    [row] = sample.of(["c"], 1).to_dict("records")
    assert (row["left"], row["match"], row["right"]) == ("The ", "embattled", " mayor left.")


def test_long_sentences_are_cut_on_both_sides():
    articles = pd.DataFrame({"article_id": ["a"], "text": ["word " * 2000 + "HERE" + " word" * 2000]})
    sample = Sample()
    sample.add(events([10_000]).assign(end=10_004), articles)
    [row] = sample.of(["c"], 1).to_dict("records")
    assert (len(row["left"]), row["match"], len(row["right"])) == (141, "HERE", 141)
    assert row["left"].startswith("…")
    assert row["right"].endswith("…")


def test_nothing_drawn_is_an_empty_table():
    sample = Sample()
    sample.add(events([]), TEXTS)
    assert len(sample.of(["c"], 5)) == 0
    assert sample.totals == {}


def test_rare_cells_of_open_vocabulary_are_forgotten_and_counted(monkeypatch):
    monkeypatch.setattr(module, "_MOST_OPEN", 4)
    sample = Sample(size=1)
    cells = ["target:often:neutral"] * 9 + [f"target:rare{i}:neutral" for i in range(4)] + ["loaded:0:outlet"]
    rows = pd.concat([events([i], cell=cell) for i, cell in enumerate(cells)])
    sample.add(rows, TEXTS)
    assert sample.totals["target:often:neutral"] == 9
    assert sample.totals["loaded:0:outlet"] == 1
    assert len(sample.totals) == 3
    assert sample.forgotten == 1
    assert set(sample.rows["cell"]) == set(sample.totals)


# -- the tally -------------------------------------------------------------------------------------


def tallied(articles, size):
    tally = Tally()
    for first in range(0, len(articles), size):
        tally.add(annotate_batch(articles.iloc[first : first + size], options()))
    return tally


def test_batches_change_nothing():
    articles = load_corpus()
    whole, parts = tallied(articles, 15), tallied(articles, 4)
    assert whole.sample.totals == parts.sample.totals
    assert whole.spread == parts.spread
    assert whole.outlets == parts.outlets
    cells = set(whole.sample.totals)
    pd.testing.assert_frame_equal(whole.sample.of(cells, 5), parts.sample.of(cells, 5), check_dtype=False)
    for name in ("words", "loaded", "cues", "tone", "mentions", "epithets"):
        pd.testing.assert_frame_equal(whole.table(name), parts.table(name))


def test_totals_are_the_rows_of_the_tables():
    articles = load_corpus()
    found, tally = annotate(articles), tallied(articles, 15)
    totals = tally.sample.totals
    bulldog = tally.outlets["The Daily Bulldog"]
    ids = articles.loc[articles["outlet"] == "The Daily Bulldog", "article_id"]
    own = found.loaded[found.loaded["article_id"].isin(ids) & (found.loaded["voice"] == "outlet")]
    assert totals[f"loaded:{bulldog}:outlet"] == len(own) > 0
    assert totals[f"articles:{bulldog}"] == 3
    assert sum(n for cell, n in totals.items() if cell.startswith("word:")) == len(found.loaded)
    assert sum(n for cell, n in totals.items() if cell.startswith("mention:")) == len(found.mentions)
    quotes = found.voices[found.voices["voice"] == "direct"]
    assert sum(n for cell, n in totals.items() if cell.startswith("quotes:")) == len(quotes)


def test_an_entry_counts_each_article_once():
    articles = checked(
        pd.DataFrame({"text": ["The regime and the regime fell.", "The regime fell.", "It rained."]})
    )
    tally = tallied(articles, 2)
    [n] = [n for (entry, _), n in tally.spread.items() if entry.split(":")[1].startswith("regime")]
    assert n == 2


def test_sums_add_up_to_the_annotations():
    found, tally = annotate(load_corpus()), tallied(load_corpus(), 5)
    assert tally.table("words")["n"].sum() == found.words["n"].sum()
    assert tally.table("cues")["n"].sum() == len(found.cues)
    toned = found.sentences[found.sentences[["neg", "neu", "pos"]].sum(axis=1) > 0]
    assert tally.table("tone")["total"].sum() == pytest.approx(toned["compound"].sum())
    assert tally.table("tone")["n"].sum() == len(toned)


def test_facts_of_articles_that_lack_them():
    tally = tallied(checked(pd.DataFrame({"text": ["It rained.", "", "It rained."]})), 3)
    facts = tally.articles
    assert facts["outlet"].tolist() == [NO_OUTLET] * 3
    assert facts["empty"].tolist() == [False, True, False]
    assert facts["duplicate"].tolist() == [False, False, True]
    assert facts[["title", "date"]].isna().all(axis=None)


def test_what_is_kept_of_an_article_does_not_grow_with_its_text():
    def kept(times):
        text = "The embattled mayor left, Jane Moss said. " * times
        tally = tallied(checked(pd.DataFrame({"text": [text] * 20})), 20)
        tables = [tally.sample.rows, *tally.facts, *(t for parts in tally.sums.values() for t in parts)]
        return sum(int(t.memory_usage(deep=True).sum()) for t in tables)

    assert kept(400) < 1.2 * kept(20)
