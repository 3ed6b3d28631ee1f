import time

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer
from test_reader import HOSTILE, Page

from analysis.annotate import annotate
from analysis.corpus import load_corpus
from analysis.side_by_side import ALIKE, aligned_sentences, differing_words, side_by_side, write_side_by_side

A = "By Ann Lee\n\nThe embattled mayor raised the levy on Monday. It rained in Kelderby. Critics groaned."
B = "Nobody smiled. Critics groaned loudly. On Monday the mayor raised the levy."


def pair(*texts, **columns):
    return pd.DataFrame({"article_id": list("ab")[: len(texts)], "text": list(texts), **columns})


def sentences(articles, table):
    a, b = articles["text"]
    return [
        (
            None if pd.isna(r.a_start) else a[r.a_start : r.a_end],
            None if pd.isna(r.b_start) else b[r.b_start : r.b_end],
        )
        for r in table.itertuples()
    ]


# -- alignment -------------------------------------------------------------------------------------


def test_sentences_that_say_the_same_stand_side_by_side():
    found = aligned_sentences(pair(A, B))
    assert sentences(pair(A, B), found) == [
        ("By Ann Lee", None),
        ("The embattled mayor raised the levy on Monday.", "On Monday the mayor raised the levy."),
        ("It rained in Kelderby.", None),
        ("Critics groaned.", "Critics groaned loudly."),
        (None, "Nobody smiled."),
    ]
    assert found["similarity"].isna().tolist() == [True, False, True, False, True]


def test_the_cosine_is_scikit_learns():
    one, two = "The mayor raised the levy on Monday.", "On Friday the mayor cut the levy."
    [cosine] = aligned_sentences(pair(one, two), alike=0)["similarity"].dropna()
    vectors = TfidfVectorizer(stop_words="english").fit_transform([one, two])
    assert cosine == pytest.approx((vectors[0] @ vectors[1].T).toarray()[0, 0])


def test_no_sentence_is_in_two_pairs_and_none_is_lost():
    articles = load_corpus().query("story == 'levy'")
    table = aligned_sentences(articles.iloc[[0, 2]])
    for key in "ab":
        starts = table[f"{key}_start"].dropna()
        assert starts.is_unique
    kept = "".join(a or "" for a, _ in sentences(articles.iloc[[0, 2]], table))
    assert "".join(kept.split()) == "".join(articles["text"].iloc[0].split())
    assert table["similarity"].dropna().ge(ALIKE).all()
    assert 3 < table["similarity"].notna().sum() < len(table)


def test_swapping_the_articles_swaps_the_columns():
    forth, back = aligned_sentences(pair(A, B)), aligned_sentences(pair(B, A))
    first = {tuple(r) for r in forth.dropna()[["a_start", "b_start"]].to_numpy().tolist()}
    second = {tuple(r) for r in back.dropna()[["b_start", "a_start"]].to_numpy().tolist()}
    assert first == second


def test_an_article_beside_itself_is_all_pairs():
    text = load_corpus()["text"].iloc[1]
    table = aligned_sentences(pair(text, text))
    same = table.dropna()
    assert (same["a_start"] == same["b_start"]).all()
    assert len(same) == len(table)
    assert same["similarity"].round(6).eq(1).all()


@pytest.mark.parametrize("texts", [("", ""), ("", "It rained."), ("The of and.", "Of the."), ("...", "!")])
def test_texts_without_words_pair_nothing(texts):
    assert aligned_sentences(pair(*texts))["similarity"].notna().sum() == 0


@pytest.mark.parametrize("n", [0, 1, 3])
def test_two_articles_are_compared(n):
    articles = load_corpus().head(n)
    with pytest.raises(ValueError, match=f"articles: two are compared; got {n}"):
        aligned_sentences(articles)
    with pytest.raises(ValueError, match=f"articles: two are compared; got {n}"):
        side_by_side(articles)


def test_two_thousand_sentences_take_seconds():
    text = " ".join(f"Mayor number{i} raised levy{i % 50}." for i in range(2000))
    began = time.process_time()
    assert len(aligned_sentences(pair(text, text))) == 2000
    assert time.process_time() - began < 10


# -- wording ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("The mayor left.", "The mayor left.", []),
        ("The mayor left.", "the MAYOR left", []),
        ("The mayor fled the hall.", "The mayor left.", ["fled", "hall"]),
        ("A tax raid on families.", "A levy rise.", ["tax raid on families"]),
        ("He went of it all.", "She left.", ["went"]),
        ("It was of the.", "Left.", []),
        ("don’t go", "don't go", []),
        ("", "word", []),
        ("word", "", ["word"]),
    ],
)
def test_differing_words_by_hand(first, second, expected):
    assert [first[a:b] for a, b in differing_words(first, second)] == expected


@given(st.text(alphabet="ab .", max_size=30), st.text(alphabet="ab .", max_size=30))
def test_what_differs_is_not_in_the_other(first, second):
    other = second.replace(".", " ").split()
    for a, b in differing_words(first, second):
        assert not set(first[a:b].replace(".", " ").split()) & set(other)


def test_long_sentences_take_linear_time():
    began = time.process_time()
    differing_words("one two " * 50_000, "two three " * 50_000)
    assert time.process_time() - began < 5


# -- the page --------------------------------------------------------------------------------------


def test_the_page_shows_pairs_with_their_differing_words_and_what_only_one_tells():
    html = side_by_side(pair(A, B, title=["First", "Second"], outlet=["Echo", "Post"]))
    page = Page(html)
    classes = [a.get("class", "") for a in page.of("div")]
    assert (classes.count("pair"), classes.count("alone")) == (2, 2)
    assert "embattled" in page.texts["differs"]
    assert "loudly" in page.texts["differs"]
    assert "levy" not in page.texts["differs"]
    assert "2 sentences are told by both; 1 only by article A, 1 only by article B." in html


def test_bylines_are_no_part_of_the_story():
    assert "Ann Lee" not in Page(side_by_side(pair(A, B))).texts["cell"]


def test_what_only_the_second_tells_stands_after_what_it_follows():
    one = "Alpha raised taxes. Beta closed hospitals."
    two = "Alpha raised taxes. Gamma sang. Beta closed hospitals."
    text = " ".join(Page(side_by_side(pair(one, two))).texts["cell"].split())
    assert text.index("Alpha") < text.index("Gamma") < text.index("Beta")


def test_marks_and_reasons_belong_together():
    page = Page(side_by_side(load_corpus().query("story == 'ward'").iloc[[0, 3]]))
    rows = {a["id"] for a in page.of("li") if "data-layer" in a}
    assert {m for _, a in page.tags for m in a.get("data-m", "").split()} == rows
    assert {"differs", "loaded", "voice", "cue"} <= {a.get("data-layer") for a in page.of("li")}
    assert len(page.ids) == len(set(page.ids))


def test_hostile_text_stays_text():
    page = Page(
        side_by_side(
            pair(HOSTILE, HOSTILE + " And a <b>bomb</b>.", title=[HOSTILE, ""], outlet=[HOSTILE, ""])
        )
    )
    assert len(page.of("script")) == 1
    assert page.of("img") == []
    assert [a for _, a in page.tags if any(k.startswith("on") for k in a)] == []


@settings(max_examples=10, deadline=None)
@given(st.text(alphabet="ab.<&“” \n", max_size=40), st.text(alphabet="ab.<&“” \n", max_size=40))
def test_any_two_texts_make_a_page(first, second):
    assert "</html>" in side_by_side(pair(first, second))


def test_write_side_by_side_writes_the_page(tmp_path):
    found = annotate(pair(A, B))
    path = write_side_by_side(found, tmp_path / "two.html", blind=True)
    assert path.read_text(encoding="utf8") == side_by_side(found, blind=True)
