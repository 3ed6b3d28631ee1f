"""VADER against NLTK's own class, digit by digit; the table of sentences by hand."""

from __future__ import annotations

import csv
import importlib
import random
import re
import string
from collections.abc import Iterable
from pathlib import Path

import nltk
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import vaderSentiment
from hypothesis import example, given, settings
from hypothesis import strategies as st
from nltk.sentiment.vader import SentimentIntensityAnalyzer, VaderConstants
from vaderSentiment import vaderSentiment as package

from analysis.lexicons import MASKS
from analysis.schema import TABLES
from analysis.sentiment import COLUMNS, score, sentiment, vader
from analysis.tokens import encode, sentences


def _nltk_analyser() -> SentimentIntensityAnalyzer:
    nltk.data.path.insert(0, str(Path(vaderSentiment.__file__).parent))
    try:
        return SentimentIntensityAnalyzer(lexicon_file="vader_lexicon.txt")
    finally:
        nltk.data.path.pop(0)


module = importlib.import_module("analysis.sentiment")
NLTK = _nltk_analyser()
LEXICON = sorted(NLTK.lexicon)
WORDS = [word for word in LEXICON if word.isalpha()]
RULES = [
    *(
        "but",
        "But",
        "BUT",
        "no",
        "No",
        "so",
        "this",
        "SO",
        "least",
        "Least",
        "at least",
        "very least",
        "never",
    ),
    *(
        "never so",
        "never this",
        "Never so",
        "without",
        "without doubt",
        "kind of",
        "Kind of",
        "KIND OF",
        "kind",
    ),
    *(
        "sort of",
        "just enough",
        "the shit",
        "the bomb",
        "bad ass",
        "BAD ASS",
        "yeah right",
        "cut the mustard",
    ),
    *("kiss of death", "hand to mouth", "to die for", "isn't", "ISN'T", "isn’t", "n't", "don't", "cannot"),
    *sorted(VaderConstants.BOOSTER_DICT),
    *sorted(VaderConstants.NEGATE),
]
PLAIN = [
    "the",
    "a",
    "I",
    "table",
    "TABLE",
    "GOP",
    "Mr.",
    "2020",
    "U.S.",
    "x",
    "Ⅷ",
    "ǅ",
    "ΣΑΣ",
    "İ",
    "ſ",
    "kınd",
    "\u212aind",
]
MARKS = [*VaderConstants.PUNC_LIST, "...", "!!!!", "(", ")", "”", "“", "’s", "'s", "—", "_", "?!", "%"]
SPACES = [" ", " ", " ", " ", "  ", "\n", "\t", "\u00a0", "\u2003", "\u3000", "\x1c", "\x85", "\u2028"]


def expected(texts: Iterable[str]) -> list[str]:
    return [repr([NLTK.polarity_scores(text)[column] for column in COLUMNS]) for text in texts]


def assert_as_nltk(texts: list[str]) -> None:
    found = [repr(row) for row in vader(texts)[COLUMNS].to_numpy().tolist()]
    different = [(t, f, e) for t, f, e in zip(texts, found, expected(texts), strict=True) if f != e]
    assert not different


def seeded(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311


def random_sentence(rng: random.Random) -> str:
    """Lexicon words (some repeated), words that the rules name, capitals, marks and white space."""
    favourites = [*rng.choices(WORDS, k=rng.randint(1, 3)), "good", "bad", "GREAT", "kind"]
    tokens = []
    for _ in range(rng.randint(0, 14)):
        pool = rng.choices([favourites, LEXICON, RULES, PLAIN, MARKS], [4, 2, 5, 3, 1])[0]
        token = rng.choice(pool)
        token = rng.choices([token, token.upper(), token.capitalize(), token.title()], [8, 2, 1, 1])[0]
        before, after = rng.choices(["", rng.choice(MARKS)], [6, 1], k=2)
        tokens.append(before + token + rng.choice([after, "", ".", ","]) + rng.choice(SPACES))
    return "".join(tokens) + rng.choice(["", "", "!", "!!", "?", "??", "???", "!?!?!"])


# --------------------------------------------------------------------------- NLTK's scores


@pytest.mark.parametrize(
    "texts",
    [
        ["", " ", "I", "a b c", "!", "??", "--", ".", "It is a chair.", "\x00", "😀", "x" * 1000],
        [
            "good",
            "good.",
            ".good",
            "good!!",
            '"good"',
            "(good)",
            "good...",
            "good?!?!",
            "good!!!!",
            "good-",
            "-good-",
        ],
        [
            "a.",
            "l",
            "l.",
            "no",
            "no.",
            "no no",
            "be-good",
            "good,bad",
            "goo_d",
            "f**k",
            ":)",
            ":D",
            ":-Þ",
            ":)!",
        ],
        ["It is GOOD here", "IT IS GOOD HERE", "GOOD", "It is VERY good", "It is VERY bad", "It IS good"],
        ["very good", "really very good", "really so very good", "so this is good", "VERY very BAD good"],
        [
            "not good",
            "not so good",
            "not at all good",
            "not in any way good",
            "isn't good",
            "isn’t good",
            "N'T good",
        ],
        [
            "never so good",
            "never this good",
            "never was so good",
            "never so very good",
            "NEVER so good",
            "so x good",
        ],
        ["without doubt good", "without a doubt good", "without any doubt good"],
        ["least good", "at least good", "very least good", "the least good", "LEAST good", "good least bad"],
        [
            "kind of good",
            "kind of bad",
            "he is kind of",
            "kind",
            "kind of kind",
            "kind kind of",
            "Kind OF good",
        ],
        [
            "it was the shit good",
            "it was the bomb",
            "he is a bad ass",
            "he is a BAD ASS",
            "well yeah right good",
        ],
        [
            "a very long kiss of death",
            "it is good hand to mouth",
            "can cut the mustard good",
            "x cut the mustard",
        ],
        ["I like it just enough good", "it is sort of x good", "it is sort of good", "kind of x y good"],
        ["good but bad", "good BUT bad", "but good", "good but", "good but bad but good", "good, but, bad"],
        [
            "good good good",
            "not good and good",
            "good and not good",
            "GOOD good Good",
            "good not good but good.",
        ],
        ["good bad", "love hate", "good!!! bad", "hate?? love", "terrible! horrible!! awful!!! bad???"],
        ["good\u00a0bad", "good\u2028bad", "good\x1cbad", "good\x00bad", "good\u200bbad", "\u3000good\u3000"],
        ["\u212aind", "kiİll", "KİLL", "ſick", "Ⅷ good", "ǅ good", "ⓐ GOOD ok", "ª GOOD ok"],
    ],
)
def test_hand_written_texts_have_nltks_scores(texts: list[str]) -> None:
    assert_as_nltk(texts)


def test_each_entry_of_the_lexicon_has_nltks_scores() -> None:
    assert_as_nltk(LEXICON)
    assert_as_nltk([f"It is not {word} here, {word.upper()} or {word.capitalize()}" for word in LEXICON])


def test_each_word_that_the_rules_name_has_nltks_scores() -> None:
    frames = [
        "{} good bad",
        "good {}",
        "{} x good",
        "{} x y good",
        "{} {} good",
        "very {} BAD",
        "{} GOOD. {}",
    ]
    assert_as_nltk([frame.format(word, word) for word in RULES for frame in frames])


def test_marks_on_a_word_have_nltks_scores() -> None:
    runs = [*string.punctuation, *(a + b for a in "!?.-" for b in "!?.,'"), *MARKS]
    assert_as_nltk([f"a {before}good{after} day" for before in ["", *runs] for after in ["", *runs]])


@pytest.mark.parametrize("seed", range(4))
def test_random_sentences_have_nltks_scores(seed: int) -> None:
    rng = seeded(seed)
    assert_as_nltk([random_sentence(rng) for _ in range(2_000)])


def test_long_texts_have_nltks_scores() -> None:
    rng = seeded(9)
    assert_as_nltk(["".join(random_sentence(rng) for _ in range(n)) for n in (10, 100, 1000)])


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from([*RULES, *PLAIN, *MARKS, *SPACES, "good", "GOOD", "bad", "kind "])).map(
            "".join
        )
    )
)
@example(["good goodbut", "", "but"])
def test_any_mixture_has_nltks_scores(texts: list[str]) -> None:
    assert_as_nltk(texts)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"]))), st.text())
def test_any_text_has_nltks_scores(texts: list[str], more: str) -> None:
    more = re.sub("[\ud800-\udfff]", "", more)
    assert_as_nltk([*texts, f"good {more} bad", f"{more}good!"])


def sums_next_to_zero() -> list[str]:
    """Words whose valences cancel out but for rounding, with emphasis that shows the sign of what is left."""
    by_value: dict[float, str] = {}
    for word in WORDS:
        by_value.setdefault(NLTK.lexicon[word], word)
    values = sorted(by_value)
    triples = [(a, b, c) for a in values for b in values if (c := round(-a - b, 1)) in by_value]
    return [" ".join(by_value[v] for v in triple) + "!!" for triple in triples[::7]]


def test_sums_next_to_zero_are_pythons() -> None:
    texts = sums_next_to_zero()
    total = np.array([sum(NLTK.lexicon[word] for word in text.rstrip("!").split()) for text in texts])
    assert len(texts) > 100
    assert (total != 0).any()
    assert (abs(total) < 1e-9).all()
    assert_as_nltk(texts)


def neumaier(values: Iterable[float]) -> float:
    """What ``sum`` is from Python 3.12 on."""
    total, lost = 0.0, 0.0
    for value in values:
        added = total + value
        lost += (total - added) + value if abs(total) >= abs(value) else (value - added) + total
        total = added
    return total + lost


def one_by_one(values: Iterable[float]) -> float:
    """What ``sum`` was up to Python 3.11."""
    total = 0.0
    for value in values:
        total += value
    return total


@pytest.mark.parametrize("addition", [neumaier, one_by_one])
def test_scores_are_nltks_however_python_adds(addition: object, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = seeded(5)
    texts = sums_next_to_zero() + [random_sentence(rng) for _ in range(2_000)]
    for place in (module, nltk.sentiment.vader):
        monkeypatch.setattr(place, "sum", addition, raising=False)
    assert_as_nltk(texts)


def test_pythons_ways_to_add_differ_in_these_sentences() -> None:
    values = [[NLTK.lexicon[word] for word in text.rstrip("!").split()] for text in sums_next_to_zero()]
    assert any(neumaier(v) != one_by_one(v) for v in values)


def test_ties_are_rounded_as_python_rounds() -> None:
    values = np.array([0.0005, 0.0015, 0.2675, 0.0625, 0.1875, -0.3125, 1.0005, 2.0015, -0.0004, 0.5, 1 / 3])
    assert module._rounded(values, 3).tolist() == [round(value, 3) for value in values.tolist()]
    # numpy alone takes other ones.
    assert np.round(values, 3).tolist() != [round(value, 3) for value in values.tolist()]


def test_lexicon_and_rules_are_nltks() -> None:
    known = module._known()
    keys = known.keys.to_pylist()
    lower = {word: value for word, value in NLTK.lexicon.items() if word == word.lower()}
    assert {k: v for k, v in zip(keys, known.valence.tolist(), strict=False) if v} == lower
    assert {k: v for k, v in zip(keys, known.boost.tolist(), strict=False) if v} == {
        word: by for word, by in VaderConstants.BOOSTER_DICT.items() if " " not in word
    } | {word: by for word, by in VaderConstants.BOOSTER_DICT.items() if " " in word}
    negates = (known.flags & module._NEGATES > 0).tolist()
    assert {k for k, v in zip(keys, negates, strict=False) if v} == VaderConstants.NEGATE
    assert {
        " ".join(idiom): value for idiom, value in module._IDIOMS.items()
    } == VaderConstants.SPECIAL_CASE_IDIOMS
    assert sorted(module._PUNCTUATION) == sorted(VaderConstants.PUNC_LIST)
    # What the rules presuppose of the lexicon.
    assert 0 not in NLTK.lexicon.values()
    assert not {"but", "least", "never", "so", "this"} & set(NLTK.lexicon)
    assert all(key.isascii() for key in lower)


def test_scores_of_ranges_are_those_of_texts_of_their_own() -> None:
    text = "Not good.\n\nGood! The mob was BAD, but kind of GREAT? “Very\u00a0good” day"
    batch = encode([text, "", " bad. Good"])
    found = sentences(batch)
    pieces = [batch.texts[i].as_py()[a:b] for i, a, b in zip(found.text, found.start, found.end, strict=True)]
    assert len(pieces) == 6
    pd.testing.assert_frame_equal(score(batch, found.first, found.stop), vader(pieces))
    some = [1, 2, 5]
    expected_rows = vader([pieces[i] for i in some])
    pd.testing.assert_frame_equal(score(batch, found.first[some], found.stop[some]), expected_rows)


def test_no_texts_is_an_empty_table_and_texts_may_be_of_arrow_or_pandas() -> None:
    empty = vader([])
    assert list(empty.columns) == COLUMNS
    assert len(empty) == 0
    assert (empty.dtypes == "float64").all()
    texts = ["A good day", "", "bad"]
    for given_as in (pa.array(texts), pa.array(texts, pa.large_string()), pd.Series(texts), iter(texts)):
        pd.testing.assert_frame_equal(vader(given_as), vader(texts))
    assert vader([""]).to_numpy().tolist() == [[0.0, 0.0, 0.0, 0.0]]


def test_batches_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = seeded(3)
    texts = [random_sentence(rng) for _ in range(200)]
    whole, whole_corrected = vader(texts), vader(texts, corrected=True)
    monkeypatch.setattr(module, "batches", lambda t: (pa.array([x]) for x in t))
    pd.testing.assert_frame_equal(vader(texts), whole)
    pd.testing.assert_frame_equal(vader(texts, corrected=True), whole_corrected)


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^text 1 has half a surrogate pair, U\+D83D, at 0: "):
        vader(["good", "\ud83d"])


@pytest.mark.parametrize(
    "text",
    [
        "good" * 200_000,
        "good " * 200_000,
        "not good! " * 50_000,
        "kind of " * 100_000,
        "?" * 500_000,
        "but " * 100_000,
    ],
)
def test_hostile_texts_take_linear_time(text: str) -> None:
    assert_as_nltk([text])
    assert vader([text], corrected=True).notna().all(axis=None)


# --------------------------------------------------------------------------- corrected


def corrected(text: str) -> list[float]:
    return vader([text], corrected=True)[COLUMNS].to_numpy()[0].tolist()


def plain(text: str) -> list[float]:
    return vader([text])[COLUMNS].to_numpy()[0].tolist()


@pytest.mark.parametrize(
    ("text", "as_if"),
    [
        ("It was a “shameless” act", "It was a shameless act"),
        ("It was a “shameless,” rude act", "It was a shameless rude act"),
        ('It was a ("shameless") act...', "It was a shameless act"),
        ("They don’t like it", "They don't like it"),
        ("It wasn‘t good", "It wasn't good"),
        ("A day of chaos—and fury—ended", "A day of chaos and fury ended"),
        ("A day of chaos--and fury – ended", "A day of chaos and fury ended"),
        ("good…bad...good", "good bad good"),
        ("«Great» ‹day›", "Great ‹day›"),
        ("A good day :) :D", "A good day :) :D"),
        ("", ""),
    ],
)
def test_marks_glued_to_words_are_taken_off(text: str, as_if: str) -> None:
    assert corrected(text) == plain(as_if)


def test_nltk_misses_glued_marks() -> None:
    for text in ("a “shameless” act", "a day of chaos—and fury", "It wasn’t good", 'a "great," day'):
        assert plain(text) != corrected(text)


def test_a_repeated_word_is_scored_where_it_stands() -> None:
    text = "not good on the day after a good day"
    good = NLTK.lexicon["good"]
    for total, found in ((2 * good * -0.74, plain(text)), (good * -0.74 + good, corrected(text))):
        assert found[3] == round(total / (total * total + 15) ** 0.5, 4)


@pytest.mark.parametrize(
    "text",
    [
        "The Labour Party and the Conservative Party met in the United States.",
        "LABOUR PARTY MEETS",
        "Labour Party meets",
        "The Chief Justice of the Supreme Court left the Department of Justice.",
        "He told the Freedom Caucus’s chair that Mr Hope and Ms Joy had left.",
        "They said that officials of the Party had left Great Britain.",
        "World War II and the Cold War; the Affordable Care Act",
    ],
)
def test_names_are_no_judgements(text: str) -> None:
    assert plain(text)[3] != 0
    assert corrected(text)[3] == 0
    assert corrected(text)[1] == 1


@pytest.mark.parametrize(
    "text",
    [
        "a party of hope and justice in the united group",
        "Hope remains. Justice was done",
        "The war was a supreme act of freedom",
        "Labour had a good party",
        "Mayor Finds Hope And Justice In City",
    ],
)
def test_the_same_words_count_where_they_are_no_names(text: str) -> None:
    assert corrected(text)[3] == plain(text)[3] != 0


def test_both_sides_parties_are_names() -> None:
    for party in (
        "Labour",
        "Conservative",
        "Republican",
        "Democratic",
        "Green",
        "Libertarian",
        "Communist",
        "Freedom",
    ):
        assert corrected(f"The {party} Party said so")[3] == 0


def test_a_name_still_stands_between_words() -> None:
    # "not" stands four words before "good"; the name counts as words.
    assert corrected("not the Labour Party good") == plain("not the table chair good")


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.text(alphabet=st.sampled_from([*"abk ’“—…-.!?:)D", " good ", " Hope ", " Party ", " not "][:15]))
    )
)
def test_corrected_scores_are_scores(texts: list[str]) -> None:
    table = vader(texts, corrected=True)
    assert len(table) == len(texts)
    assert table["compound"].abs().max() <= 1 or not texts
    shares = table[["neg", "neu", "pos"]].sum(axis=1)
    assert ((abs(shares - 1) < 0.002) | (shares == 0)).all()


def test_each_listed_name_holds_a_word_of_vaders_and_says_its_valence() -> None:
    with (MASKS / "vader_names.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 250
    assert len({row["pattern"] for row in rows}) == len(rows)
    for row in rows:
        known = dict.fromkeys(w for w in row["pattern"].lower().split() if w in NLTK.lexicon)
        assert known
        assert row["note"] == "; ".join(f"{word} {NLTK.lexicon[word]:+.1f}" for word in known)
        assert row["pattern"][:1].isupper()
        assert (row["category"] == "word") == (" " not in row["pattern"])
        if row["category"] != "word":
            assert corrected(row["pattern"])[3] == 0


# --------------------------------------------------------------------------- the package's rules


def test_the_package_scores_other_than_nltk() -> None:
    analyser = package.SentimentIntensityAnalyzer()
    assert analyser.lexicon == NLTK.lexicon
    for text in ('a "great," day', "an incredible horror", "it was to die for 😀"):
        assert analyser.polarity_scores(text) != NLTK.polarity_scores(text)


# --------------------------------------------------------------------------- sentences by voice


def articles(*texts: str) -> pd.DataFrame:
    return pd.DataFrame({"article_id": [f"a{i}" for i in range(len(texts))], "text": texts})


def spans(*rows: tuple[str, str, int, int, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["article_id", "field", "start", "end", "voice"])


STORY = "The mob was awful. “It was ‘great’ fun,” he said, and called it “lovely”. \n\nThe end"


def pieces_of(table: pd.DataFrame, texts: dict[str, str]) -> list[str]:
    return [texts[i][a:b] for i, a, b in zip(table["article_id"], table["start"], table["end"], strict=True)]


def test_without_voices_all_is_the_outlets() -> None:
    table = sentiment(articles(STORY, "", "Good day!"))
    assert list(table.columns) == list(TABLES["sentences"])
    assert table["article_id"].tolist() == ["a0", "a0", "a0", "a2"]
    assert table["sentence"].tolist() == [0, 1, 2, 0]
    assert set(table["voice"]) == {"outlet"}
    assert pieces_of(table, {"a0": STORY, "a2": "Good day!"}) == [
        "The mob was awful.",
        "“It was ‘great’ fun,” he said, and called it “lovely”.",
        "The end",
        "Good day!",
    ]


def test_a_sentence_that_changes_voice_has_a_row_for_each_stretch() -> None:
    first, second = STORY.index("“It"), STORY.index("“lov")
    voices = spans(("a0", "text", second, second + 8, "scare"), ("a0", "text", first, first + 21, "direct"))
    table = sentiment(articles(STORY), voices)
    pieces = ["The mob was awful.", "“It was ‘great’ fun,”", "he said, and called it", "“lovely”", "The end"]
    assert pieces_of(table, {"a0": STORY}) == pieces
    assert table["voice"].tolist() == ["outlet", "direct", "outlet", "scare", "outlet"]
    assert table["sentence"].tolist() == [0, 1, 1, 1, 2]
    pd.testing.assert_frame_equal(table[COLUMNS], vader(pieces))
    better = sentiment(articles(STORY), voices, corrected=True)
    pd.testing.assert_frame_equal(better[COLUMNS], vader(pieces, corrected=True))
    assert better["compound"].tolist() != table["compound"].tolist()


def test_spans_may_cross_sentences_and_start_within_words() -> None:
    text = "Good one. Bad two. Fine three."
    table = sentiment(
        articles(text), spans(("a0", "text", 2, 14, "direct"), ("a0", "text", 19, 99, "indirect"))
    )
    assert pieces_of(table, {"a0": text}) == ["Go", "od one.", "Bad", "two.", "Fine three."]
    assert table["voice"].tolist() == ["outlet", "direct", "direct", "outlet", "indirect"]
    assert table["sentence"].tolist() == [0, 0, 1, 1, 2]


def test_titles_are_fields_of_their_own() -> None:
    table = pd.DataFrame({"article_id": ["a"], "title": ["“Great” news"], "text": ["Bad news."]})
    found = sentiment(table, spans(("a", "title", 0, 7, "scare"), ("b", "text", 0, 3, "direct")))
    assert found[["field", "start", "end", "voice"]].to_numpy().tolist() == [
        ["title", 0, 7, "scare"],
        ["title", 8, 12, "outlet"],
        ["text", 0, 9, "outlet"],
    ]


def test_stretches_without_a_word_have_no_row_but_sentences_keep_their_number() -> None:
    text = "*** !!!\n\n“Yes”.\n\n:) :)\n\nNo"
    table = sentiment(articles(text), spans(("a0", "text", 9, 14, "direct")))
    assert pieces_of(table, {"a0": text}) == ["“Yes”", "No"]
    assert table["sentence"].tolist() == [1, 3]


def test_voices_that_overlap_are_refused_and_tables_that_lack_columns() -> None:
    with pytest.raises(ValueError, match=r"^voices overlap; each character has one voice$"):
        sentiment(
            articles("One two three"), spans(("a0", "text", 0, 5, "direct"), ("a0", "text", 4, 7, "direct"))
        )
    with pytest.raises(ValueError, match=r"^voices lacks \['voice'\]; it has "):
        sentiment(articles("One"), spans(("a0", "text", 0, 5, "direct")).drop(columns="voice"))
    with pytest.raises(ValueError, match=r"^articles lacks \['text'\]; it has "):
        sentiment(articles("One").drop(columns="text"))


def test_no_articles_is_an_empty_table() -> None:
    for table in (articles(), articles(""), articles(" \n", "***")):
        for voices in (None, spans(), spans(("a0", "text", 0, 1, "direct"))):
            found = sentiment(table, voices)
            assert len(found) == 0
            assert {c: str(found[c].dtype) for c in found} == TABLES["sentences"]


def test_inputs_are_not_changed() -> None:
    table, voices = articles(STORY), spans(("a0", "text", 19, 40, "direct"))
    before = table.copy(), voices.copy()
    sentiment(table, voices)
    pd.testing.assert_frame_equal(table, before[0])
    pd.testing.assert_frame_equal(voices, before[1])


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_each_stretch_is_in_one_voice_and_scored_as_a_text_of_its_own(data: st.DataObject) -> None:
    alphabet = st.sampled_from(
        ["good", "bad", "not", "\n\n", " ", ". ", "! ", "“", "”", "The ", "😀", "é", "\u2028"]
    )
    texts = data.draw(st.lists(st.lists(alphabet, max_size=12).map("".join), max_size=3))
    rows = []
    for i, text in enumerate(texts):
        edges = sorted(data.draw(st.sets(st.integers(0, len(text) + 2), max_size=6)))
        rows += [(f"a{i}", "text", a, b, "direct") for a, b in zip(edges[::2], edges[1::2], strict=False)]
    table = sentiment(articles(*texts), spans(*rows))
    assert table[["article_id", "start"]].apply(tuple, axis=1).is_monotonic_increasing
    voice_at = {(i, place): voice for i, _, a, b, voice in rows for place in range(a, b)}
    pieces = pieces_of(table, {f"a{i}": text for i, text in enumerate(texts)})
    pd.testing.assert_frame_equal(table[COLUMNS], vader(pieces))
    for row, piece in zip(table.itertuples(), pieces, strict=True):
        assert piece == piece.strip()
        assert re.search(r"[^\W_]", piece)
        voices = {voice_at.get((row.article_id, place), "outlet") for place in range(row.start, row.end)}
        assert voices == {row.voice}
    letters = sum(c.isalnum() for text in texts for c in text)
    assert sum(c.isalnum() for piece in pieces for c in piece) == letters
