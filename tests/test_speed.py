"""The benchmarks measure what they say: their articles, their counts, and that a difference is noticed."""

from __future__ import annotations

import importlib.util
import random
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from analysis import tokens
from analysis.corpus import load_corpus
from analysis.sentiment import vader

FOLDER = Path(__file__).resolve().parent.parent / "benchmarks"


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


speed, oracle = script("speed"), script("vader_oracle")


def test_articles_have_about_900_words_of_the_corpus_and_are_the_same_each_time() -> None:
    batches = list(speed.articles(None, 40))
    texts = [text for batch in batches for text in batch.to_pylist()]
    assert len(texts) == 40
    assert all(800 < len(text.split()) < 1_100 for text in texts)
    known = {paragraph for text in load_corpus("teaching")["text"] for paragraph in text.split("\n\n")}
    assert {paragraph for text in texts for paragraph in text.split("\n\n")} <= known
    assert [batch.to_pylist() for batch in speed.articles(None, 40)] == [
        batch.to_pylist() for batch in batches
    ]


def test_articles_are_as_many_as_asked_for_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speed, "BATCH", 4)
    assert [len(batch) for batch in speed.articles(None, 10)] == [4, 3, 3]


def test_the_counts_path_counts_words_sentences_and_outlets_over_batches() -> None:
    texts = ["The mob left. The mayor slammed the mob!", "A calm day", "", "The end. It rained"]
    counts = speed.counts_path([pa.array(texts[:2]), pa.array(texts[2:])])
    assert counts.words == 8 + 3 + 0 + 4
    assert counts.texts == 4
    assert [len(table) for table in counts.sentences] == [3, 2]
    expected = vader(["The mob left.", "The mayor slammed the mob!", "A calm day"])
    pd.testing.assert_frame_equal(counts.sentences[0], expected)
    assert [len(table) for table in counts.categories] == [2, 2]
    assert counts.categories[0].to_numpy().sum() > 0
    assert counts.categories[1].shape[1] >= 60
    assert [matrix.shape[0] for matrix in counts.matrices] == [2, 2]
    [(by_outlet, vocabulary)] = counts.by_outlet
    for number, text in enumerate(texts):
        row = dict(zip(vocabulary.to_pylist(), by_outlet[number].toarray()[0].tolist(), strict=True))
        words = Counter("".join(c if c.isalpha() else " " for c in text.lower()).split())
        assert Counter({word: n for word, n in row.items() if n}) == words
    assert counts.seconds == sum(counts.clock.seconds.values())
    assert {"chunks", "words", "sentences", "VADER", "categories", "by outlet"} < set(counts.clock.seconds)


def test_rows_are_added_up_by_group() -> None:
    matrix, _ = tokens.document_term_matrix(tokens.words(tokens.encode(["a b", "b", "b c"])))
    assert speed.summed(matrix, np.array([1, 0, 1]), 3).toarray().tolist() == [
        [0, 1, 0],
        [1, 2, 1],
        [0, 0, 0],
    ]


@pytest.mark.parametrize(("seconds", "good"), [(1.0, True), (2.0, False)])
def test_a_rate_below_what_it_must_be_is_noticed(
    seconds: float, good: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    assert speed.report("counts path", 3_000_000, seconds) is good
    assert f"{3_000 / seconds:,.0f}   must be 3,000" in capsys.readouterr().out
    assert speed.report("something else", 1, 1.0)


def test_random_sentences_are_scored_as_by_nltk(capsys: pytest.CaptureFixture[str]) -> None:
    analyser = oracle.nltk_analyser()
    texts = oracle.random_sentences(sorted(analyser.lexicon), 500, random.Random(1))  # noqa: S311
    assert len(set(texts)) > 450
    differences, faster = oracle.compare("random", texts, analyser)
    assert differences == 0
    assert faster > 1
    assert "500 sentences, 0 otherwise than NLTK" in capsys.readouterr().out


def test_a_difference_from_nltk_is_noticed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(oracle, "vader", lambda texts: vader(texts) * np.array([1, 1, 1, -1]))
    differences, _ = oracle.compare(
        "real", ["A good day", "A bad day", "A chair there"], oracle.nltk_analyser()
    )
    # The last compound is now -0.0, which prints otherwise than 0.0.
    assert differences == 3
    assert "'A good day'" in capsys.readouterr().out


def test_real_sentences_are_drawn_from_the_articles(tmp_path: Path) -> None:
    pd.DataFrame({"text": ["One left. Two came.", "", "Three stayed."]}).to_parquet(tmp_path / "a.parquet")
    drawn = oracle.real_sentences(tmp_path / "a.parquet", 2, np.random.default_rng(0))
    assert len(drawn) == 2
    assert set(drawn) < {"One left.", "Two came.", "Three stayed."}
    assert len(oracle.real_sentences(tmp_path / "a.parquet", 9, np.random.default_rng(0))) == 3
