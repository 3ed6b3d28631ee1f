import os
import subprocess
import sys
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import sparse, stats

from analysis import learning
from analysis.learning import (
    EVIDENCE,
    corpus_hash,
    lexicon_from_contrast,
    lexicon_from_labels,
    lexicon_from_seeds,
    load_learned,
    save_learned,
)
from analysis.lexicons import lexicon, load_lexicon, match

COMMON = "the a of to in and it was for on that with as at by an be this had not but from".split()


def articles(n, typical, rng, *, often=3, words=60):
    """Texts of common words at random, each with the words that are typical."""
    texts = []
    for _ in range(n):
        text = rng.choice(COMMON, words).tolist() + [w for w in typical for _ in range(often)]
        rng.shuffle(text)
        texts.append(" ".join(text))
    return texts


def two_sides(n=12):
    rng = np.random.default_rng(5)
    target = pd.DataFrame({"text": articles(n, ["mob", "thugs"], rng)})
    reference = pd.DataFrame({"text": articles(n, ["crowd"], rng)})
    for side in (target, reference):
        side["outlet"] = ["X", "Y", "Z"] * (n // 3)
        side["topic"] = ["a", "b", "c", "d"] * (n // 4)
    return target, reference


def patterns(learned, category=None):
    entries = learned.lexicon.entries
    return set(entries.pattern if category is None else entries.pattern[entries.category == category])


# -- contrast --------------------------------------------------------------------------------------


def test_contrast_finds_what_sets_apart_and_nothing_else():
    made = lexicon_from_contrast(*two_sides(), prior=100)
    assert patterns(made, "target") == {"mob", "thugs"}
    assert patterns(made, "reference") == {"crowd"}
    row = made.evidence.set_index("pattern").loc["mob"]
    assert row[["n", "n_articles", "n_topics", "n_outlets"]].tolist() == [36, 12, 4, 3]
    assert 0 < row["low"] <= row["weight"] <= row["high"]
    assert row["q"] < 0.05
    assert made.evidence.set_index("pattern").loc["crowd", "high"] < 0


def test_the_weight_is_that_of_the_formula():
    target, reference = (
        pd.DataFrame({"text": ["mob " * 3 + "x", "mob y"]}),
        pd.DataFrame({"text": ["mob x", "z y"]}),
    )
    made = learning._counts(target), learning._counts(reference)
    spread, matrices, common = learning._candidates(made, made, (1, 1, 1))
    alpha = 10 * common / 10  # ten words of background
    sums = [np.asarray(m.sum(0)) for m in matrices], [np.array([6.0]), np.array([4.0])]
    weight = pd.Series(learning._log_odds(*sums, alpha, 10.0)[0], spread["pattern"])
    a = 4 + 1 + 0.5  # mob in both, and half a word
    by_hand = np.log((4 + a) / (6 + 10 - 4 - a)) - np.log((1 + a) / (4 + 10 - 1 - a))
    assert weight["mob"] == pytest.approx(by_hand)


def test_contrast_finds_nothing_where_there_is_nothing():
    rng = np.random.default_rng(0)
    bursty = [f"w{i}" for i in range(200)]
    texts = []
    for _ in range(60):
        words = rng.choice(COMMON, 60).tolist()
        for word in rng.choice(bursty, 8, replace=False):
            words += [word] * int(rng.integers(1, 9))  # who says a word once says it again
        texts.append(" ".join(words))
    found = 0
    for seed in range(5):
        order = np.random.default_rng(seed).permutation(60)
        target, reference = (
            pd.DataFrame({"text": [texts[i] for i in half]}) for half in (order[:30], order[30:])
        )
        found += len(lexicon_from_contrast(target, reference, prior=1000, draws=200).evidence)
    assert found <= 1


def test_a_word_of_one_article_or_outlet_or_topic_is_out():
    target, reference = two_sides()
    once = target.assign(text=target["text"] + np.where(np.arange(12) == 0, " scandal" * 40, ""))
    assert "scandal" not in patterns(lexicon_from_contrast(once, reference, prior=100))
    for column in ("outlet", "topic"):
        own = target["text"] + np.where(target[column] == target[column][0], " scandal" * 9, "")
        made = lexicon_from_contrast(target.assign(text=own), reference, prior=100, least_articles=3)
        free = lexicon_from_contrast(
            target.assign(text=own).drop(columns=column),
            reference.drop(columns=column),
            prior=100,
            least_articles=3,
        )
        assert "scandal" not in patterns(made)
        assert patterns(free) >= patterns(made)


def test_sentences_of_an_article_are_drawn_together():
    target, reference = two_sides()
    halves = [t.split(" ", 30) for t in target["text"]]
    apart = pd.DataFrame(
        [(i, part) for i, (*head, tail) in enumerate(halves) for part in (" ".join(head), tail)],
        columns=["article_id", "text"],
    )
    columns = ["pattern", "category", "weight", "low", "high", "n", "n_articles", "q"]
    whole = lexicon_from_contrast(target[["text"]], reference[["text"]], prior=100).evidence[columns]
    pieces = lexicon_from_contrast(apart, reference[["text"]], prior=100).evidence[columns]
    pd.testing.assert_frame_equal(whole, pieces)


def test_sides_are_treated_alike():
    target, reference = two_sides()
    one = lexicon_from_contrast(target, reference, prior=100).evidence.set_index("pattern")
    other = lexicon_from_contrast(reference, target, prior=100).evidence.set_index("pattern")
    assert set(one.index) == set(other.index)
    assert one["weight"].reindex(other.index).tolist() == pytest.approx((-other["weight"]).tolist(), abs=1e-3)


def test_adjusted_p_values_by_hand():
    chance = np.array([[1.0, -2.0], [-1.0, 2.0]])
    spread = np.sqrt([2.0, 8.0])
    p = 2 * stats.t.sf(np.array([3.0, 0.5]) / spread, [9, 4])
    q = learning._adjusted(np.array([3.0, -0.5]), chance, np.array([10, 5]))
    assert q == pytest.approx([min(2 * p[0], p[1]), p[1]])


def test_shuffled_sides_keep_their_sizes_and_share_no_article():
    for target, reference in learning._shuffled([np.ones(3), np.ones(5)], 70, np.random.default_rng(0)):
        assert (target.sum(1) == 3).all()
        assert (target + reference == 1).all()


def test_a_contrast_needs_articles():
    with pytest.raises(ValueError, match=r"^a contrast needs at least two articles on each side$"):
        lexicon_from_contrast(pd.DataFrame({"text": ["a"]}), pd.DataFrame({"text": ["a", "b"]}))
    nothing = lexicon_from_contrast(pd.DataFrame({"text": ["a", ""]}), pd.DataFrame({"text": ["", "b"]}))
    assert len(nothing.lexicon.entries) == len(nothing.evidence) == 0


# -- labels ----------------------------------------------------------------------------------------

NOUNS = {"mob": 1, "thugs": 1, "crowd": 0, "marchers": 0}
VERBS = ["sang", "left", "sat", "ate", "ran", "slept"]
SENTENCES = pd.DataFrame(
    [
        (f"Some {noun} {verb} {place}.", bool(label), outlet, topic)
        for noun, label in NOUNS.items()
        for verb in VERBS
        for outlet, topic, place in (("X", "a", "there"), ("Y", "b", "here"), ("Z", "c", "inside"))
    ],
    columns=["text", "label", "outlet", "topic"],
)


def test_labels_find_the_words_that_make_the_difference():
    made = lexicon_from_labels(SENTENCES, lexicons=[])
    assert patterns(made) == {"mob", "thugs"}
    row = made.evidence.set_index("pattern").loc["mob"]
    assert row[["n", "n_articles", "n_topics", "n_outlets"]].tolist() == [18, 18, 3, 3]
    assert 0 < row["low"] <= row["weight"] <= row["high"]
    assert made.lexicon.loaded == ("labels",)


def test_a_word_of_one_outlet_is_out_though_its_sentences_are_biased():
    biased = SENTENCES["label"] & (SENTENCES["outlet"] == "X")
    text = SENTENCES["text"].where(~biased, SENTENCES["text"].str.replace("Some", "Local"))
    assert "local" not in patterns(lexicon_from_labels(SENTENCES.assign(text=text), lexicons=[]))


def test_a_word_whose_sign_depends_on_an_outlet_is_out():
    turned = SENTENCES["label"] ^ (SENTENCES["text"].str.contains("thugs") & (SENTENCES["outlet"] != "X"))
    assert patterns(lexicon_from_labels(SENTENCES.assign(label=turned), lexicons=[])) == {"mob"}


def test_marks_teach_words_and_need_no_labels():
    marks = pd.DataFrame({"text": SENTENCES["text"], "phrase": "ran", "share": 0.7})
    made = lexicon_from_labels(SENTENCES.drop(columns="label"), marks, lexicons=[], least_weight=1)
    assert patterns(made) == {"ran"}
    assert made.lexicon.provenance["method"].startswith("penalised logistic regression")


def test_names_are_no_entries():
    named = SENTENCES.assign(text=SENTENCES["text"].str.replace("mob", "Smith"))
    assert patterns(lexicon_from_labels(named, lexicons=[])) == {"thugs"}


def test_a_word_that_a_lexicon_lists_gains_by_its_company():
    mine = lexicon("mine", pd.DataFrame({"pattern": ["mob", "thugs", "crooks"]}), loaded=True)
    unseen = SENTENCES["text"].str.contains("marchers") & SENTENCES["text"].str.contains("sat")
    table = SENTENCES.assign(
        text=SENTENCES["text"].where(~unseen, "Some crooks sat."), label=SENTENCES["label"] | unseen
    )
    table = table.drop_duplicates("text")
    free: dict[str, Any] = {"least_sentences": 1, "least_topics": 1, "least_outlets": 1}
    with_list = lexicon_from_labels(table, lexicons=[mine], **free).evidence.set_index("pattern")["weight"]
    without = lexicon_from_labels(table, lexicons=[], **free).evidence.set_index("pattern")["weight"]
    assert with_list["crooks"] > without.get("crooks", 0)


def test_parts_left_out_are_the_largest_alone_and_the_rest_together():
    table = pd.DataFrame({"outlet": ["A"] * 4 + ["B"] * 3 + ["C", "D"]})
    parts = learning._left_out(table, 3)
    assert [table["outlet"][p].unique().tolist() for p in parts] == [["A"], ["B"], ["C", "D"]]
    plain = learning._left_out(pd.DataFrame({"text": list("abcde")}), 2)
    assert [p.tolist() for p in plain] == [
        [True, False, True, False, True],
        [False, True, False, True, False],
    ]


def test_labels_that_are_missing_are_said():
    with pytest.raises(ValueError, match=r"^sentences lacks \['label'\]"):
        lexicon_from_labels(SENTENCES.drop(columns="label"))


# -- seeds -----------------------------------------------------------------------------------------

BAD, GOOD = ["vile", "nasty", "cruel", "mean"], ["kind", "gentle", "sweet", "warm"]


def two_worlds():
    rng = np.random.default_rng(2)
    worlds = ((BAD, ["mob", "gang", "thug", "crook"]), (GOOD, ["nurse", "aunt", "friend", "teacher"]))
    texts = [
        f"the {rng.choice(adjectives)} {rng.choice(nouns)} and {rng.choice(adjectives)} {rng.choice(nouns)}"
        for _ in range(150)
        for adjectives, nouns in worlds
    ]
    return pd.DataFrame({"text": texts})


def seeded(**options):
    options = {"dimensions": 6, "neighbours": 4, "names": ("bad", "good"), **options}
    return lexicon_from_seeds(two_worlds(), ["vile", "nasty"], ["kind", "gentle"], **options)


def test_seeds_find_their_neighbours():
    made = seeded()
    assert {"cruel", "mean"} <= patterns(made, "bad")
    assert {"sweet", "warm"} <= patterns(made, "good")
    evidence = made.evidence
    assert (np.sign(evidence["weight"]) == np.where(evidence["category"] == "bad", 1, -1)).all()
    assert ((evidence["low"] > 0) | (evidence["high"] < 0)).all()


def test_the_most_frequent_words_are_taken_and_every_seed(monkeypatch):
    monkeypatch.setattr(learning, "_MOST_WORDS", 3)
    options: dict[str, Any] = {"least": 1, "least_articles": 1, "dimensions": 3, "margin": 0}
    made = lexicon_from_seeds(two_worlds(), ["vile", "cruel"], ["kind", "sweet"], **options)
    assert made.lexicon.provenance["corpus"] == "300 articles, 7 words"  # the, and, one noun; four seeds


def test_what_stands_with_both_is_in_the_middle():
    assert patterns(seeded(margin=0.3)).isdisjoint({"the", "and"})


def test_seeds_that_the_corpus_does_not_have_are_named():
    made = lexicon_from_seeds(
        two_worlds(), ["vile", "Nasty", "ghastly"], ["kind", "gentle"], dimensions=6, neighbours=4
    )
    assert made.lexicon.provenance["seeds_missing"] == "ghastly"
    with pytest.raises(ValueError, match=r"at least two second seeds must be in the corpus"):
        lexicon_from_seeds(two_worlds(), ["vile", "nasty"], ["kind", "ghastly"])


def test_neighbours_are_counted_within_the_sentence():
    table = pd.DataFrame({"text": ["a b c. A d", "b a"]})
    counts = learning._together(table, ["a", "b", "c", "d"], 1).toarray()
    assert counts.tolist() == [[0, 2, 0, 1], [2, 0, 1, 0], [0, 1, 0, 0], [1, 0, 0, 0]]
    assert learning._together(table, ["a", "c"], 2).toarray().tolist() == [[0, 1], [1, 0]]


def test_ppmi_by_hand():
    counts = sparse.csr_matrix(np.array([[0.0, 4.0], [4.0, 1.0]]))
    context = np.array([4.0, 5.0]) ** 0.75
    expected = np.outer([4.0, 5.0], context / context.sum())
    with np.errstate(divide="ignore"):
        by_hand = np.maximum(np.log(counts.toarray() / expected), 0)
    assert learning._ppmi(counts).toarray() == pytest.approx(by_hand)


def test_links_are_symmetric_and_never_to_oneself():
    vectors = np.random.default_rng(0).normal(size=(30, 5))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    links = learning._graph(vectors, 3, block=7)
    assert abs(links - links.T).max() < 1e-12
    assert links.diagonal().max() == 0
    assert (np.diff(links.tocsr().indptr) >= 3).all()


def test_propagation_is_the_solution_of_its_equation():
    links = learning._graph(np.eye(4)[[0, 0, 1, 1]] * 0.9 + 0.1, 2)
    seeds = [np.array([0]), np.array([2])]
    found = learning._propagated(links, seeds, 0.5, 2, np.random.default_rng(0), steps=200)
    solved = [np.linalg.solve(np.eye(4) - 0.5 * links.toarray(), 0.5 * np.eye(4)[s[0]]) for s in seeds]
    score = (solved[0] - solved[1]) / (solved[0] + solved[1])
    assert found[0] == pytest.approx(score)
    assert found[0] == pytest.approx(found[1])


# -- all three -------------------------------------------------------------------------------------

MAKERS = {
    "contrast": lambda: lexicon_from_contrast(*two_sides(), prior=100),
    "labels": lambda: lexicon_from_labels(SENTENCES, lexicons=[]),
    "seeds": seeded,
}


@pytest.mark.parametrize("method", MAKERS)
def test_entries_are_in_the_one_format_with_their_evidence(method):
    made = MAKERS[method]()
    assert len(made.evidence) == len(made.lexicon.entries) > 0
    assert {"pattern", "category", *EVIDENCE} <= set(made.evidence)
    assert made.evidence["pattern"].tolist() == made.lexicon.entries["pattern"].tolist()
    assert made.lexicon.entries["strength"].between(1, 3).all()
    facts = made.lexicon.provenance
    assert {
        "definition",
        "method",
        "literature",
        "corpus_sha256",
        "parameters",
        "made_with",
        "version",
    } <= set(facts)


@pytest.mark.parametrize("method", MAKERS)
def test_the_same_input_and_seed_give_the_same_bytes_in_another_process(method, tmp_path):
    code = (
        "import sys; sys.path[:0] = ['tests']; import test_learning as t; "
        f"t.save_learned(t.MAKERS[{method!r}](), r'{tmp_path / 'other.csv'}')"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONHASHSEED": "7"})
    save_learned(MAKERS[method](), tmp_path / "this.csv")
    for end in (".csv", ".toml"):
        assert (tmp_path / f"this{end}").read_bytes() == (tmp_path / f"other{end}").read_bytes()


def test_input_is_not_changed():
    tables = [*two_sides(), SENTENCES.copy(), two_worlds()]
    before = [t.copy() for t in tables]
    lexicon_from_contrast(tables[0], tables[1], prior=100)
    lexicon_from_labels(tables[2], lexicons=[])
    lexicon_from_seeds(tables[3], ["vile", "nasty"], ["kind", "gentle"], dimensions=6, neighbours=4)
    for table, copy in zip(tables, before, strict=True):
        pd.testing.assert_frame_equal(table, copy)


def test_another_seed_gives_other_intervals():
    target, reference = two_sides()
    target["text"] += [" mob" * i for i in range(len(target))]
    one, other = (lexicon_from_contrast(target, reference, prior=100, rng=r).evidence for r in (0, 1))
    assert one["weight"].tolist() == other["weight"].tolist()
    assert one["low"].tolist() != other["low"].tolist()


@pytest.mark.parametrize("method", MAKERS)
def test_a_lexicon_comes_back_as_it_was_saved_and_finds_its_words(method, tmp_path):
    made = MAKERS[method]()
    save_learned(made, tmp_path / "x.csv")
    again = load_learned(tmp_path / "x.csv")
    pd.testing.assert_frame_equal(again.lexicon.entries, made.lexicon.entries)
    pd.testing.assert_frame_equal(again.evidence, made.evidence, check_dtype=False)
    assert again.lexicon.provenance == made.lexicon.provenance
    assert again.lexicon.loaded == made.lexicon.loaded
    plain = load_lexicon(tmp_path / "x.csv")
    word = plain.entries["pattern"][0]
    assert match(pd.DataFrame({"article_id": ["a"], "text": [f"then {word} again"]}), [plain])[
        "text"
    ].tolist() == [word]


def test_files_that_are_no_learned_lexicon_are_refused(tmp_path):
    with pytest.raises(ValueError, match=r"saved as \.csv"):
        save_learned(MAKERS["labels"](), tmp_path / "x.json")
    (tmp_path / "y.csv").write_text("pattern,category\nmob,x\n")
    with pytest.raises(ValueError, match=r"^learned lexicon 'y\.csv' lacks"):
        load_learned(tmp_path / "y.csv")


def test_the_hash_is_of_every_text_in_order():
    assert corpus_hash(["a", "b"]) != corpus_hash(["b", "a"])
    assert corpus_hash(["a", "b"]) != corpus_hash(["ab", ""])
    assert len(corpus_hash([])) == 64


def test_a_missing_column_is_said():
    with pytest.raises(ValueError, match=r"^target lacks \['text'\]"):
        lexicon_from_contrast(pd.DataFrame({"body": ["a"]}), pd.DataFrame({"text": ["a"]}))


# -- the bundled lexicon ---------------------------------------------------------------------------


def test_the_bundled_lexicon_holds_words_not_text_and_is_not_loaded():
    bundled = load_learned()
    assert bundled.lexicon.loaded == ()
    assert bundled.lexicon.provenance["corpus_licence"] == "Apache-2.0"
    assert not bundled.lexicon.entries["pattern"].str.contains(" ").any()
    assert (bundled.evidence["low"] > 0).all()
    order = bundled.evidence["weight"].tolist()
    assert order == sorted(order, reverse=True)  # no order of any text


def test_the_bundled_lexicon_names_no_party_person_or_outlet():
    words = patterns(load_learned())
    names = "trump obama clinton biden democrats republicans breitbart huffpost muslims jews christians blacks whites"
    assert words.isdisjoint(names.split())
    assert {"disastrous", "slammed"} <= words


@pytest.mark.timeout(60)
def test_hostile_articles_take_no_long_time():
    texts = ["x" * 200_000, "-" * 200_000, " ".join(map(str, range(4_000))), "a " * 100_000]
    table = pd.DataFrame({"text": texts, "label": [True, False, True, False]})
    made = [
        lexicon_from_contrast(table, table, draws=10),
        lexicon_from_labels(table, lexicons=[]),
        lexicon_from_seeds(table.head(3), ["1", "2"], ["8", "9"], least=1, least_articles=1, dimensions=3),
    ]
    assert patterns(made[0]) == set()
    assert [m.lexicon.provenance["corpus_sha256"] for m in made[1:]] == [
        corpus_hash(texts), corpus_hash(texts[:3]),
    ]  # fmt: skip
