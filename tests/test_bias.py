import os
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from scipy.special import expit, logit
from sklearn.linear_model import LogisticRegression

from analysis import bias
from analysis.lexicons import lexicon

LIST = lexicon("mine", pd.DataFrame({"pattern": ["mob", "vile/a"], "strength": [1, 3]}), loaded=True)
NOUNS = ("mob", "crowd", "choir", "queue")
VERBS = ("sang", "left", "waited", "came home", "ate", "slept")
TEXTS = [f"The {noun} {verb}." for noun in NOUNS for verb in VERBS]
SENTENCES = pd.DataFrame({"text": TEXTS, "label": [1.0] * 6 + [0.0] * 18})
MARKS = pd.DataFrame({"text": TEXTS[:6], "phrase": "mob", "share": 0.8})


def fitted():
    return bias.fit_bias_model(SENTENCES, MARKS, lexicons=[LIST])


# -- regression ------------------------------------------------------------------------------------


def test_logistic_is_scikit_learns():
    rng = np.random.default_rng(1)
    x, y = rng.normal(size=(200, 3)), rng.random(200) < 0.4
    weight = rng.random(200)
    oracle = LogisticRegression(C=0.5, tol=1e-10).fit(x, y, sample_weight=weight)
    mine = bias.logistic(sparse.csr_matrix(x), y, weight=weight, penalty=2.0)
    np.testing.assert_allclose(mine, [*oracle.coef_[0], oracle.intercept_[0]], atol=2e-3)


def test_a_share_is_so_many_yes_and_no():
    x = np.array([[0.0], [1.0], [2.0]])
    twice = np.vstack([x, x])
    shares = bias.logistic(x, [0.2, 0.5, 0.9], penalty=0.1)
    counted = bias.logistic(twice, [0, 0, 0, 1, 1, 1], weight=[0.8, 0.5, 0.1, 0.2, 0.5, 0.9], penalty=0.1)
    np.testing.assert_allclose(shares, counted, atol=1e-3)


def test_scale_is_a_penalty_by_column():
    x = np.random.default_rng(0).normal(size=(100, 2))
    y = x.sum(1) > 0
    even = bias.logistic(x, y, penalty=10)
    uneven = bias.logistic(x, y, penalty=10, scale=[1, 0.1])
    assert even[1] > 0.5
    assert uneven[1] < 0.05 < uneven[0]


def test_rows_of_weight_nothing_are_not_there():
    x, y = np.array([[0.0], [1.0], [5.0]]), [0.3, 0.6, 0.0]
    np.testing.assert_allclose(bias.logistic(x, y, weight=[1, 1, 0]), bias.logistic(x[:2], y[:2]), atol=1e-3)


def test_balanced_weights_sum_to_the_same_for_yes_and_no():
    assert bias.balanced([1, 1, 1, 0]) == pytest.approx([2 / 3, 2 / 3, 2 / 3, 2])
    assert bias.balanced([1, 1, 0.5, 0.5]) == pytest.approx([2 / 3, 2 / 3, 4 / 3, 4 / 3])


# -- features --------------------------------------------------------------------------------------


def test_words_and_parts_by_hand():
    words = bias.tokens.words(bias.tokens.encode(["A mob"]))
    assert bias.word_features(words)[0] == ["word:a", "part:^a$"]
    assert set(bias.word_features(words)[1]) == {
        "word:mob", "part:^mo", "part:mob", "part:ob$", "part:^mob", "part:mob$", "part:^mob$",
    }  # fmt: skip


def test_features_are_those_of_the_word_and_its_place():
    taken = bias.sample(['Vile "mob" ran'], lexicons=[LIST])
    names = ["word:mob", "before:vile", "after:ran", "lexicon:mine:mine", "shape:quoted", "shape:listed"]
    names += ["shape:violent", "shape:capital at the start", "before:", "after:"]
    matrix = bias.features(taken, {name: i for i, name in enumerate(names)})
    dense = matrix @ np.eye(len(names))
    by_hand = {
        0: {"lexicon:mine:mine", "shape:listed", "shape:violent", "shape:capital at the start", "before:"},
        1: {"word:mob", "before:vile", "after:ran", "lexicon:mine:mine", "shape:quoted", "shape:listed"},
        2: {"after:"},
    }
    found = {row: {n for n, v in zip(names, dense[row], strict=True) if v} for row in range(3)}
    assert found == by_hand
    assert set(np.unique(dense)) == {0, 1}


def test_products_with_the_transpose_are_those_of_the_matrix():
    taken = bias.sample(TEXTS, lexicons=[LIST])
    columns = bias.feature_columns(taken, parts=2, near=2)
    rng = np.random.default_rng(0)
    units = sparse.csr_matrix(rng.random((4, len(taken.words.form))))
    for matrix in (bias.features(taken, columns), bias.features(taken, columns, units=units)):
        x, y = rng.normal(size=matrix.shape[1]), rng.normal(size=matrix.shape[0])
        assert y @ (matrix @ x) == pytest.approx((matrix.T @ y) @ x)


def test_neighbours_do_not_reach_into_the_next_text():
    taken = bias.sample(["one", "two"], lexicons=[])
    matrix = bias.features(taken, {"before:one": 0, "after:two": 1})
    assert (matrix @ np.ones(2)).tolist() == [0, 0]


def test_columns_keep_no_order_of_the_text():
    names = list(bias.feature_columns(bias.sample(TEXTS, lexicons=[])))
    words = [n for n in names if n.startswith("word:")]
    assert words == sorted(words)
    assert len(words) > 5


def test_quotation_marks_open_and_close():
    taken = bias.sample(["He “said so” and “left", "then"], lexicons=[])
    assert taken.quoted.tolist() == [False, True, True, False, True, False]


def test_marked_shares_by_hand():
    taken = bias.sample(["the vile mob ran", "a mob"], lexicons=[])
    marks = pd.DataFrame(
        [
            ("the vile mob ran", "vile mob", 0.4),
            ("the vile mob ran", " mob ", 0.5),
            ("the vile mob ran", "nowhere", 0.9),
            ("a mob", "mob", 0.7),
            ("a mob", "mob", 0.8),
            ("another text", "mob", 0.8),
            ("a mob", "", 0.8),
        ],
        columns=["text", "phrase", "share"],
    )
    shares = bias.marked_shares(taken, ["the vile mob ran", "a mob"], marks)
    half = 0.4 / np.sqrt(2)
    assert shares == pytest.approx([0, half, half + 0.5, 0, 0, 1])


def test_grammar_and_marks_by_hand():
    taken = bias.sample(["I must not say it, but why? On Monday 3 men really left!"], lexicons=[])
    row = bias.sentence_features(taken, np.zeros(len(taken.words.form))).iloc[0]
    one = np.log(2)
    ones = ["first person", "obligation", "negation", "contrast", "pointing", "date", "number", "degree"]
    ones += ["adverb", "exclamation", "question"]
    assert row[ones].tolist() == pytest.approx([one] * len(ones))
    assert (
        row[["second person", "report", "superlative", "money", "load", "loaded words"]].tolist() == [0] * 6
    )
    assert row["length"] == pytest.approx(np.log(13))
    assert row["capitals"] == pytest.approx(3 / 13)


# -- scores ----------------------------------------------------------------------------------------


def test_a_model_learns_what_readers_mark():
    model = fitted()
    taken = bias.sample(["The mob slept.", "The crowd slept."], lexicons=[LIST])
    load = bias.loads(taken, model.words)
    assert load[1] > 0.5 > load[[0, 2, 3, 4, 5]].max()


def test_probability_is_the_product_of_the_weights():
    model = fitted()
    taken = bias.sample(TEXTS)
    table = bias.sentence_features(taken, bias.loads(taken, model.words))
    rows = model.sentences.drop(index="intercept")
    by_hand = ((table[rows.index] - rows["mean"]) / rows["sd"] * rows["weight"]).sum(axis=1)
    by_hand += model.sentences.loc["intercept", "weight"]
    np.testing.assert_allclose(logit(bias.bias_score(TEXTS, model=model)["probability"]), by_hand, atol=1e-9)


def test_half_of_what_is_learnt_from_is_biased():
    model = fitted()
    assert 0.3 < bias.bias_score(TEXTS, model=model)["probability"].mean() < 0.7


def test_an_effect_is_what_the_sentence_loses_without_the_word():
    words = pd.Series({"word:mob": 3.0, "word:vile": 2.0, "intercept": -2.0})
    names = [*bias.LOADS, "intercept"]
    rows = pd.DataFrame({"mean": 0.2, "sd": 0.5, "weight": 0.7}, index=names)
    zero = bias.sentence_features(bias.sample(["a"], lexicons=[]), np.zeros(1)).columns.difference(bias.LOADS)
    rest = pd.DataFrame({"mean": 0.0, "sd": 1.0, "weight": 0.0}, index=zero)
    model = bias.BiasModel(words, pd.concat([rows, rest]))
    text = "The vile xob met a mob"
    drivers = bias.driving_words([text], model=model).set_index("text")
    taken = bias.sample([text])
    load = bias.loads(taken, words)
    pieces = bias._pieces(taken, load)
    whole = np.log1p(pieces.sum(0)).sum()
    for row, word in enumerate(text.split()):
        without = np.log1p(np.delete(pieces, row, axis=0).sum(0)).sum()
        if word in drivers.index:
            assert drivers.loc[word, "effect"] == pytest.approx((whole - without) * 0.7 / 0.5)
            assert drivers.loc[word, "load"] == pytest.approx(load[row])
    assert {"mob", "vile"} <= set(drivers.index)


def test_driving_words_stand_where_they_say():
    texts = ["", "Shameless thugs looted the town.", "The town.", "A vicious, shameless smear!"]
    for row in bias.driving_words(texts).itertuples():
        assert texts[row.sentence][row.start : row.end] == row.text
    named = bias.bias_score(texts)["words"]
    assert named.isna().tolist() == [True, False, True, False]
    drivers = bias.driving_words(texts)
    best = drivers[drivers.sentence == 3].sort_values("effect", ascending=False).text.tolist()
    assert named[3].split("; ") == best[:5]


def test_loaded_sentences_score_higher_whoever_they_are_about():
    for one, other in (("Democrats", "Republicans"), ("Labour", "Conservatives"), ("unions", "employers")):
        plain = bias.bias_score([f"The {g} published their plan on Monday." for g in (one, other)])
        loud = bias.bias_score([f"The {g} shamelessly peddle their disastrous lies." for g in (one, other)])
        assert (plain["probability"] < 0.5).all()
        assert (loud["probability"] > 0.5).all()
        assert abs(np.diff(logit(loud["probability"]))[0]) < 1


def test_a_sentence_does_not_depend_on_the_others():
    texts = ["A vile mob ran.", "The council met.", "", "Thugs!"]
    together = bias.bias_score(texts)["probability"].tolist()
    assert together == pytest.approx([bias.bias_score([t])["probability"][0] for t in texts])
    assert bias.bias_score(pd.DataFrame({"text": texts}, index=[4, 9, 1, 1])).index.tolist() == [0, 1, 2, 3]


def test_nothing_gives_empty_tables():
    assert bias.bias_score([]).columns.tolist() == ["probability", "words"]
    drivers = bias.driving_words([])
    assert drivers.columns.tolist() == ["sentence", "start", "end", "text", "load", "effect"]
    assert len(drivers) == 0


def test_sentences_are_numbered_through_batches(monkeypatch):
    whole = bias.tokens.batches
    monkeypatch.setattr(bias.tokens, "batches", lambda texts: whole(texts, size=20))
    texts = ["A vile mob ran wild.", "A shameless crook lied.", "Then nothing."] * 2
    small = bias.driving_words(texts)
    monkeypatch.undo()
    pd.testing.assert_frame_equal(small, bias.driving_words(texts))
    assert set(small.sentence) == {0, 1, 3, 4}


def test_what_is_wrong_is_said():
    with pytest.raises(ValueError, match=r"^sentences lacks \['text'\]; it has \['sentence'\]$"):
        bias.bias_score(pd.DataFrame({"sentence": ["a"]}))
    with pytest.raises(ValueError, match="text 1 is"):
        bias.bias_score(["a", None])
    with pytest.raises(ValueError, match="expected one row per"):
        bias.fit_bias_model(pd.concat([SENTENCES, SENTENCES]), MARKS)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=4))
def test_any_text_has_a_probability(texts):
    texts = [t.encode("utf8", "ignore").decode() for t in texts]
    scored = bias.bias_score(texts)
    assert len(scored) == len(texts)
    assert scored["probability"].between(0, 1).all()


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "text", ["a" * 300_000, '"' * 100_000, "!?" * 100_000, "x-" * 100_000, "vile " * 50_000]
)
def test_hostile_text_takes_no_long_time(text):
    assert 0 <= bias.bias_score([text])["probability"][0] <= 1


# -- files -----------------------------------------------------------------------------------------


def test_a_model_comes_back_as_it_was_saved(tmp_path):
    model = bias.BiasModel(fitted().words, fitted().sentences, {"title": "Ours, “quoted”", "version": "1"})
    bias.save_model(model, tmp_path / "m")
    again = bias.load_model(tmp_path / "m")
    pd.testing.assert_series_equal(again.words, model.words, check_names=False)
    pd.testing.assert_frame_equal(again.sentences, model.sentences)
    assert again.provenance == model.provenance
    bias.save_model(again, tmp_path / "n")
    for end in ("-words.csv", "-sentences.csv", ".toml"):
        assert (tmp_path / f"m{end}").read_bytes() == (tmp_path / f"n{end}").read_bytes()


def test_the_same_input_gives_the_same_bytes_in_another_process(tmp_path):
    code = (
        "import sys; sys.path[:0] = ['tests']; import test_bias; "
        f"test_bias.bias.save_model(test_bias.fitted(), r'{tmp_path / 'other'}')"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONHASHSEED": "7"})
    bias.save_model(fitted(), tmp_path / "this")
    for end in ("-words.csv", "-sentences.csv"):
        assert (tmp_path / f"this{end}").read_bytes() == (tmp_path / f"other{end}").read_bytes()


def test_the_bundled_model_says_where_it_is_from():
    model = bias.load_model(bias.FOLDER / "bias")
    assert model.provenance["corpus_licence"] == "Apache-2.0"
    assert set(model.sentences.index) == {
        *bias.sentence_features(bias.sample(["a"]), np.zeros(1)).columns, "intercept",
    }  # fmt: skip
    assert (model.sentences.loc[list(bias.LOADS), "weight"] > 0).all()
    assert np.isfinite(model.words).all()


def test_the_bundled_model_holds_words_and_no_text():
    names = bias.load_model(bias.FOLDER / "bias").words.index
    assert [n for n in names if " " in n.split(":", 1)[-1] and not n.startswith(("shape:", "lexicon:"))] == []


def test_the_bundled_model_is_no_outlet_detector():
    names = set(bias.load_model(bias.FOLDER / "bias").words.index)
    assert names.isdisjoint(
        {"word:breitbart", "word:huffpost", "word:alternet", "word:msnbc", "word:reuters"}
    )


def test_expit_of_the_loads_is_what_weights_say():
    weights = pd.Series({"word:mob": 1.5, "shape:capital": -1.0, "intercept": 0.25})
    taken = bias.sample(["A mob, the Mob"], lexicons=[])
    assert bias.loads(taken, weights) == pytest.approx(expit([0.25, 1.75, 0.25, 0.75]))
