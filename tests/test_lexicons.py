"""Lexicons: reading and checking, matching counted by hand, masks, and what the bundled lists promise."""

import csv
import time
import tomllib

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import schema, tokens
from analysis.lexicons import (
    COLUMNS,
    FOLDER,
    MASKS,
    category_counts,
    find,
    lexicon,
    load_lexicon,
    load_lexicons,
    load_masks,
    match,
    match_words,
)
from analysis.patterns import expand


def made(*patterns, name="mine", loaded=True, **columns):
    return lexicon(name, pd.DataFrame({"pattern": patterns, **columns}), loaded=loaded)


NO_MASKS = made("Nothing Whatsoever", name="masks", loaded=False)


def hits(text, *lexicons, masks=NO_MASKS):
    return match(pd.DataFrame({"article_id": ["a"], "text": [text]}), lexicons, masks=masks)


def found(text, *lexicons, masks=NO_MASKS):
    return hits(text, *lexicons, masks=masks)["text"].tolist()


# -- matching ----------------------------------------------------------------------------------------


def test_hits_have_the_columns_of_the_contract_and_stand_at_their_offsets():
    text = "Élite “chaos” – 🎉 the  regimes’\nfury."
    table = hits(text, made("chaos", "regime/n", "fury"))
    schema.require_table(table, "hits")
    assert [text[s:e] for s, e in zip(table["start"], table["end"], strict=True)] == [
        "chaos",
        "regimes",
        "fury",
    ]
    assert table["text"].tolist() == ["chaos", "regimes", "fury"]
    assert table["voice"].isna().all()
    assert table["start"].tolist() == sorted(table["start"])


def test_inflections_possessives_and_capitals():
    words = made("slam/v", "regime/n")
    assert found("SLAMMED! Slamming regime’s and regime's; slammer", words) == [
        "SLAMMED",
        "Slamming",
        "regime’s",
        "regime's",
    ]


def test_american_spelling_is_matched_too():
    assert found("demonized, demonised; rumor, rumours", made("demonise/v", "rumour/n")) == [
        "demonized",
        "demonised",
        "rumor",
        "rumours",
    ]


def test_a_hyphen_matches_a_space_but_not_the_reverse():
    assert found("far-right, far right", made("far-right")) == ["far-right", "far right"]
    assert found("hot air, hot-air", made("hot air")) == ["hot air"]


def test_wildcards_match_beginnings_and_ends_of_words():
    assert found("a tax-hiking, NON-TAX-HIKING hiking anti-hero", made("*-hiking", "anti-*")) == [
        "tax-hiking",
        "NON-TAX-HIKING",
        "anti-hero",
    ]
    assert found("scandal-hit mobs and scandal-hit men", made("*-hit mob/n")) == ["scandal-hit mobs"]


def test_a_pattern_with_capitals_needs_them():
    words = made("Big Tech", "MAGA", "Brexiteer/n")
    assert found("Big Tech, BIG TECH, big tech, Big tech", words) == ["Big Tech", "BIG TECH"]
    assert found("MAGA, maga, Maga; Brexiteers, brexiteers, BREXITEER", words) == [
        "MAGA",
        "Brexiteers",
        "BREXITEER",
    ]


def test_a_phrase_crosses_a_line_break_but_no_punctuation_or_paragraph():
    words = made("war of words")
    assert found("war of\nwords", words) == ["war of\nwords"]
    assert found("war, of words. War of\n\nwords; war of (words)", words) == []


def test_the_longest_entry_wins_and_nested_ones_count_once():
    words = made("condemned", "widely condemned", "widely")
    assert found("It was widely condemned, and condemned widely", words) == [
        "widely condemned",
        "condemned",
        "widely",
    ]


def test_of_overlapping_entries_of_one_length_the_first_wins():
    assert found("so very bad so", made("so very", "very bad", "bad so")) == ["so very", "bad so"]


def test_a_longer_entry_wins_over_an_earlier_one():
    assert found("a b c d e", made("a b", "b c d e")) == ["b c d e"]


def test_lexicons_do_not_hide_each_other_but_a_loaded_word_counts_once():
    table = hits(
        "an utter shambles",
        made("utter shambles"),
        made("shambles", name="other"),
        made("utter", name="plain", loaded=False),
    )
    assert table[["text", "lexicon", "loaded"]].values.tolist() == [
        ["utter shambles", "mine", True],
        ["utter", "plain", False],
        ["shambles", "other", False],
    ]


def test_only_the_loaded_categories_are_loaded():
    words = lexicon(
        "mine", pd.DataFrame({"pattern": ["mob", "crowd"], "category": ["bad", "plain"]}), loaded=["bad"]
    )
    assert hits("the mob, the crowd", words)["loaded"].tolist() == [True, False]
    assert words.loaded == ("bad",)


def test_the_row_of_the_entry_is_given():
    words = made("slam/v", category="conflict", polarity="negative", strength=3)
    row = hits("he slammed", words).iloc[0]
    assert (row["entry"], row["category"], row["polarity"], row["strength"]) == (
        "slam/v",
        "conflict",
        "negative",
        3,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("not a shameless man", [True]),
        ("isn’t shameless", [True]),
        ("never, shameless", [False]),
        ("not one two three shameless", [False]),
        ("not one two shameless", [True]),
        ("shameless, not shameless", [False, True]),
        ("No. Shameless.", [False]),
    ],
)
def test_negation_within_three_words_of_the_clause(text, expected):
    assert hits(text, made("shameless"))["negated"].tolist() == expected


def test_negation_does_not_reach_over_texts():
    articles = pd.DataFrame({"article_id": ["a", "b"], "text": ["It is not", "shameless"]})
    assert match(articles, [made("shameless")], masks=NO_MASKS)["negated"].tolist() == [False]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("radical surgery", []),
        ("radical surgeries", ["radical"]),
        ("a more radical plan", ["radical"]),
        ("free radical", []),
        ("radical. Surgery", ["radical"]),
        ("radical surgery by a radical", ["radical"]),
    ],
)
def test_exclusions_contain_or_adjoin_the_entry(text, expected):
    assert found(text, made("radical", exclusions="radical surgery; free")) == expected


def test_an_exclusion_is_of_its_own_entry_only():
    words = made("radical", "surgery", exclusions=["radical surgery", ""])
    assert found("radical surgery", words) == ["surgery"]


def test_masks_hide_what_lies_inside_them_and_only_that():
    masks = made("Labour Party", "child sex abuse", name="masks", loaded=False)
    words = made("party", "abuse", "labour party scandal")
    assert found("Labour Party abuse; child sex abuse; party", words, masks=masks) == ["abuse", "party"]
    assert found("LABOUR PARTY scandal", words, masks=masks) == ["LABOUR PARTY scandal"]
    assert found("labour party", words, masks=masks) == ["party"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Yesterday Mr Savage spoke about savage cuts", ["savage"]),
        ("Savage cuts were announced yesterday", ["Savage"]),
        ("Savage said so. Then people asked Peter Savage about cuts.", []),
        ("Minister Announces Savage Cuts", ["Savage"]),
        ("MINISTER ANNOUNCES SAVAGE CUTS", ["SAVAGE"]),
        ("They said: “Savage people everywhere” and left", ["Savage"]),
    ],
)
def test_a_capital_that_only_a_name_explains(text, expected):
    assert found(text, made("savage")) == expected


def test_names_do_not_leak_from_one_article_into_another():
    texts = ["People asked Peter Savage about it.", "Savage cuts were announced."]
    articles = pd.DataFrame({"article_id": ["a", "b"], "text": texts})
    assert match(articles, [made("savage")], masks=NO_MASKS)["article_id"].tolist() == ["b"]


def test_titles_are_matched_as_their_own_field():
    articles = pd.DataFrame({"article_id": ["a"], "text": ["Calm."], "title": ["Chaos"]})
    assert match(articles, [made("chaos")], masks=NO_MASKS)[["field", "text"]].values.tolist() == [
        ["title", "Chaos"]
    ]


def test_nothing_in_nothing_out():
    for texts in ([], [""], ["…"]):
        articles = pd.DataFrame(
            {"article_id": [str(i) for i in range(len(texts))], "text": pd.Series(texts, dtype="str")}
        )
        assert match(articles, [made("chaos")]).empty
    assert hits("chaos").empty  # no lexicon at all
    schema.require_table(hits("chaos"), "hits")


def test_counts_by_category_equal_the_hits():
    words = lexicon("mine", pd.DataFrame({"pattern": ["mob", "crowd"], "category": ["bad", "plain"]}))
    texts = pd.DataFrame({"article_id": list("abc"), "field": "text", "text": ["mob mob crowd", "", "crowd"]})
    encoded = tokens.words(tokens.encode(texts["text"]))
    counts = category_counts(find(encoded, [words]), encoded)
    assert counts.columns.tolist() == [("mine", "bad"), ("mine", "plain")]
    assert counts.values.tolist() == [[2, 1], [0, 0], [0, 1]]
    table = match_words(encoded, texts, [words])
    assert table.groupby(["article_id", "category"]).size().to_dict() == {
        ("a", "bad"): 2,
        ("a", "plain"): 1,
        ("c", "plain"): 1,
    }


def test_inputs_are_not_changed():
    articles = pd.DataFrame({"article_id": ["a"], "text": ["chaos"]})
    entries = pd.DataFrame({"pattern": ["chaos"]})
    before = articles.copy(), entries.copy()
    match(articles, [lexicon("mine", entries)])
    pd.testing.assert_frame_equal(articles, before[0])
    pd.testing.assert_frame_equal(entries, before[1])


WORDS = st.sampled_from(
    ["chaos", "Chaos", "mob", "the", "of", "far-right", "far", "right", "not", ".", ",", "\n\n"]
)


@given(st.lists(st.lists(WORDS, max_size=12).map(" ".join), max_size=4))
@settings(deadline=None)
def test_a_batch_is_its_articles_one_by_one(texts):
    lexicons = [made("chaos", "mob of", "far-right mob", "right"), made("the mob", "chaos", name="other")]
    articles = pd.DataFrame(
        {"article_id": [str(i) for i in range(len(texts))], "text": pd.Series(texts, dtype="str")}
    )
    together = match(articles, lexicons, masks=NO_MASKS)
    apart = [match(articles.iloc[[i]], lexicons, masks=NO_MASKS) for i in range(len(texts))]
    expected = pd.concat(apart, ignore_index=True) if apart else together
    assert together.values.tolist() == expected.values.tolist() or together.equals(expected)
    for _, part in together.groupby(["article_id", "lexicon"]):
        assert (part["start"].to_numpy()[1:] >= part["end"].to_numpy()[:-1]).all()
    once = together[together["loaded"]].sort_values(["article_id", "start"])
    same = once["article_id"].to_numpy()[1:] == once["article_id"].to_numpy()[:-1]
    assert (once["start"].to_numpy()[1:][same] >= once["end"].to_numpy()[:-1][same]).all()


@given(st.text(max_size=200))
@settings(deadline=None)
def test_any_text_gives_hits_at_their_offsets(text):
    table = hits(text, made("chaos", "a", "*ed", "the mob"))
    assert [text[s:e] for s, e in zip(table["start"], table["end"], strict=True)] == table["text"].tolist()


@pytest.mark.parametrize(
    "text", ["chaos " * 50_000, "so very " * 25_000, "x" * 300_000, "far " * 50_000, "Chaos-" * 50_000]
)
def test_hostile_texts_take_linear_time(text):
    words = made("chaos", "so very so very", "very so", "far far far", "far far")
    half, whole = (_seconds(t, words) for t in (text[: len(text) // 2], text))
    assert whole < 6 * half + 0.5


def _seconds(text, words):
    began = time.process_time()
    hits(text, words)
    return time.process_time() - began


def test_ten_thousand_entries_cost_little_more_than_a_hundred():
    rng = np.random.default_rng(0)
    vocabulary = ["".join(letters) for letters in rng.choice(list("abcdefghij"), (60_000, 7))]
    encoded = tokens.words(tokens.encode([" ".join(rng.choice(vocabulary[30_000:], 200_000))]))
    few, many = made(*dict.fromkeys(vocabulary[:100])), made(*dict.fromkeys(vocabulary[:10_000]))
    seconds = []
    for words in (few, many):
        find(encoded, [words])  # the first call compiles
        began = time.process_time()
        find(encoded, [words])
        seconds.append(time.process_time() - began)
    assert seconds[1] < 2 * seconds[0] + 0.1


# -- reading -----------------------------------------------------------------------------------------


def test_a_users_csv_needs_only_patterns(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("pattern\nslam/v\nthe “usual” suspects\n".replace("“usual” ", ""), encoding="utf-8-sig")
    mine = load_lexicon(path)
    assert (mine.name, mine.title, mine.loaded) == ("mine", "mine", ())
    assert mine.entries.columns.tolist() == list(COLUMNS)
    assert mine.entries[["category", "polarity", "strength"]].values.tolist() == [["mine", "neutral", 1]] * 2
    assert load_lexicon(path, loaded=True).loaded == ("mine",)


def test_a_toml_beside_the_csv_says_what_the_lexicon_is(tmp_path):
    (tmp_path / "mine.csv").write_text("pattern,category\nmob,bad\ncrowd,plain\n")
    (tmp_path / "mine.toml").write_text(
        'title = "My list"\nloaded = ["bad"]\nversion = "2"\nmethod = "by hand"\n'
    )
    mine = load_lexicon(tmp_path / "mine.csv")
    assert (mine.title, mine.loaded) == ("My list", ("bad",))
    assert mine.provenance == {"version": "2", "method": "by hand"}


def test_liwc_dic(tmp_path):
    path = tmp_path / "mine.dic"
    path.write_text("%\n1\tNegemo\n2\tAnger\n%\nhate*\t1\t2\nsad\t1\nkind of\t2\n:)\t1\n")
    mine = load_lexicon(path)
    assert mine.entries[["pattern", "category"]].values.tolist() == [
        ["hate*", "Negemo"],
        ["hate*", "Anger"],
        ["sad", "Negemo"],
        ["kind of", "Anger"],
    ]
    assert mine.provenance["skipped"] == "1"
    assert found("Hateful and sad, kind of", mine) == ["Hateful", "sad", "kind of"]


def test_quanteda_yaml(tmp_path):
    path = tmp_path / "mine.yml"
    path.write_text(
        "Populism:\n  Elite:\n    - elit*\n    - Establishment\n  People: [ordinary people]\nOther: null\n"
    )
    mine = load_lexicon(path)
    assert mine.entries[["pattern", "category"]].values.tolist() == [
        ["elit*", "Populism/Elite"],
        ["establishment", "Populism/Elite"],
        ["ordinary people", "Populism/People"],
    ]
    assert found("the establishment, elitists", mine) == ["establishment", "elitists"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", "word\nmob\n", r"^lexicon 'a' lacks \['pattern'\]; it has \['word'\]$"),
        (
            "a.csv",
            "pattern,polarity\nmob,bad\n",
            r"^lexicon 'a', row 2: polarity must be one of .*; got 'bad'$",
        ),
        ("a.csv", "pattern,strength\nmob,9\n", r"^lexicon 'a', row 2: strength must be one of .*; got '9'$"),
        (
            "a.csv",
            "pattern\nmob\nso: what\n",
            r"^lexicon 'a', row 3: pattern 'so: what': 'so:' is not a word",
        ),
        ("a.csv", "pattern,exclusions\nmob,flash mob; :(\n", r"^lexicon 'a', row 2: pattern ':\(': "),
        (
            "a.csv",
            "pattern\nmob\nmob\n",
            r"^lexicon 'a': expected one row per \('pattern', 'category'\), found 1",
        ),
        ("a.csv", "", r"a\.csv: not a table of comma-separated values"),
        ("a.csv", b"pattern\ncaf\xe9\n", r"a\.csv: must be UTF-8 text; save it so and try again$"),
        ("a.dic", "mob 1\n", r"a\.dic: a \.dic file begins with its categories between two lines of %$"),
        ("a.yml", "a: [b", r"a\.yml: not YAML that can be read"),
        ("a.yml", "a: &x [b]\nc: *x\n", r"a\.yml: aliases \(\*name\) are not allowed in a lexicon$"),
        ("a.yml", "[" * 5000, r"a\.yml: not YAML that can be read"),
        (
            "a.txt",
            "mob",
            r"^format of lexicon 'a\.txt' must be one of \['\.csv', '\.dic', '\.yaml', '\.yml'\]; got '\.txt'$",
        ),
    ],
)
def test_what_is_wrong_with_a_file_is_said_in_one_line(tmp_path, name, content, message):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ValueError, match=message):
        load_lexicon(path)


def test_strength_may_be_a_number_and_have_gaps():
    assert made("mob", "horde/n", strength=[3, None]).entries["strength"].tolist() == [3, 1]


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(
        ValueError, match=r"^lexicon must be a file or one of \['boosters', .*\]; got 'nosuch'$"
    ):
        load_lexicon("nosuch")


def test_an_unknown_loaded_category_is_refused():
    with pytest.raises(
        ValueError, match=r"^loaded category of lexicon 'mine' must be one of \['mine'\]; got 'bad'$"
    ):
        lexicon("mine", pd.DataFrame({"pattern": ["mob"]}), loaded=["bad"])


def test_hashes_follow_entries_and_loaded():
    assert made("mob").sha256 == made("mob").sha256
    assert len({made("mob").sha256, made("mobs").sha256, made("mob", loaded=False).sha256}) == 3


def test_masks_of_a_file_add_to_the_bundled_ones(tmp_path):
    path = tmp_path / "masks.csv"
    path.write_text("pattern,category\nOperation Chaos,event\n")
    masks = load_masks(path)
    assert set(load_masks().entries["pattern"]) | {"Operation Chaos"} == set(masks.entries["pattern"])
    assert found("operation CHAOS, OPERATION CHAOS", made("chaos"), masks=masks) == ["CHAOS"]


# -- the bundled lists -------------------------------------------------------------------------------

EXPECTED = (
    "ideological evaluative stance identity legal frames reporting hedges boosters factives vague_attribution "
    "sensational distancing moral loaded"
).split()


def test_the_register_and_the_files_agree():
    register = tomllib.loads((FOLDER / "lexicons.toml").read_text(encoding="utf8"))
    assert set(EXPECTED) <= set(register)
    assert {p.stem for p in FOLDER.glob("*.csv")} - {"swaps", "cards"} == set(register)
    for facts in register.values():
        assert {"title", "definition", "loaded", "literature", "version", "licence"} <= set(facts)


@pytest.mark.parametrize("name", EXPECTED)
def test_each_list_has_the_columns_and_no_idle_exclusion(name):
    with open(FOLDER / f"{name}.csv", encoding="utf8", newline="") as lines:
        assert next(csv.reader(lines)) == list(COLUMNS)
    assert (load_lexicon(name).entries["source"] != "").mean() > 0.2


def test_at_least_three_thousand_patterns():
    assert len({p for name in EXPECTED for p in load_lexicon(name).entries["pattern"]}) >= 3000


def test_cue_classes_and_foundations_are_complete():
    assert set(load_lexicon("reporting").entries["category"]) == set(schema.CUE_CLASSES)
    foundations = "care fairness loyalty authority purity liberty".split()
    assert set(load_lexicon("moral").entries["category"]) == {
        f"{f}-{s}" for f in foundations for s in ("virtue", "vice")
    }


def test_the_left_and_the_right_are_called_names_alike():
    entries = load_lexicon("ideological").entries
    patterns = {form for pattern in entries["pattern"] for form in expand(pattern)}
    for left, right in [
        ("far-left", "far-right"),
        ("hard-left", "hard-right"),
        ("leftist", "rightist"),
        ("left-winger", "right-winger"),
        ("extreme-left", "extreme-right"),
        ("centre-left", "centre-right"),
        ("left-wing", "right-wing"),
    ]:
        assert ((left,) in patterns, (right,) in patterns) == (True, True)
    n = entries["category"].value_counts()
    assert 0.5 < n["left-pejorative"] / n["right-pejorative"] < 2


def test_every_mask_has_category_and_source():
    for path in MASKS.glob("*.csv"):
        table = pd.read_csv(path, dtype="str")
        if path.stem != "vader_names":
            assert table.columns.tolist() == ["pattern", "category", "note", "source"]
            assert table.notna().all(axis=None)
    assert {"party", "office", "body", "law", "outlet", "event", "crime", "legal", "surname", "term"} <= set(
        load_masks().entries["category"]
    )


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The regime blasted its shameless critics.", ["regime", "blasted", "shameless"]),
        (
            "Her embattled tax-hiking chancellor was widely condemned.",
            ["embattled", "tax-hiking", "widely condemned"],
        ),
        ("The meeting began at noon and ended at two.", []),
        ("She was convicted of child sex abuse after a jury trial.", []),
        ("The Conservative Party and the Labour Party published their plans.", []),
        ("The Freedom Caucus invited Justice Kagan, and Extinction Rebellion invited Ms Fury yesterday.", []),
        ("Officials broke lockdown rules.", []),
        ("The council approved a budget of £12 million for roads.", []),
        ("A magnitude 6 earthquake killed 12 people on Monday.", []),
        ("Surgeons performed radical surgery on the tumour.", []),
        ("The bomb blast killed two soldiers, the army said.", []),
        ("The virus was called the Chinese virus.", ["Chinese virus"]),
    ],
)
def test_what_the_bundled_lists_call_loaded(sentence, expected):
    table = match(pd.DataFrame({"article_id": ["a"], "text": [sentence]}))
    assert table.loc[table["loaded"], "text"].tolist() == expected


def test_every_example_is_found_by_its_own_entry():
    """Of two entries with the same pattern, the one that counts."""
    lost = []
    for chosen in load_lexicons().values():
        entries = chosen.entries[chosen.entries["example"] != ""].reset_index(drop=True)
        words = tokens.words(tokens.encode(entries["example"]))
        found = find(words, [chosen], load_masks())
        pattern = found.entries["pattern"].to_numpy()[found.entry]
        hits = set(zip(words.text[found.first].tolist(), pattern.tolist(), strict=True))
        lost += [p for i, p in enumerate(entries["pattern"]) if (i, p) not in hits]
    assert lost == []
