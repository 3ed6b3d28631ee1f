import re
from collections import Counter
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer

from analysis.contexts import contexts
from analysis.corpus import documents
from analysis.terms import count_terms, counts_of, occurrences
from analysis.tokens import WORD

ARTICLES = pd.DataFrame(
    {
        "article_id": ["a", "b", "c"],
        "title": ["Mob rule", "", "Mob"],
        "text": ["The mob, the angry mob left.\n\nMob rule won.", "The angry mob: angry\nmob", ""],
    }
)


def as_dict(counts, article=0):
    row = counts.matrix.toarray()[article]
    return {t: n for t, n in zip(counts.terms, row.tolist(), strict=True) if n}


def plain(texts, length):
    """The same in plain loops: (article, term) -> n."""
    found = Counter()
    for number, text in enumerate(texts):
        words = list(re.finditer(WORD, text))
        for i in range(len(words) - length + 1):
            run = words[i : i + length]
            gaps = [text[a.end() : b.start()] for a, b in pairwise(run)]
            if all(gap and not gap.strip() and gap.count("\n") < 2 for gap in gaps):
                found[number, " ".join(w.group().lower().replace("’", "'") for w in run)] += 1
    return found


def test_words_by_hand_title_included():
    counts = count_terms(ARTICLES)
    assert as_dict(counts, 0) == {"mob": 4, "rule": 2, "the": 2, "angry": 1, "left": 1, "won": 1}
    assert as_dict(counts, 1) == {"the": 1, "angry": 2, "mob": 2}
    assert as_dict(counts, 2) == {"mob": 1}
    assert counts.words.tolist() == [11, 5, 1]
    assert counts.article_id.tolist() == ["a", "b", "c"]


def test_phrases_stop_at_punctuation_and_blank_lines_not_at_line_ends():
    assert as_dict(count_terms(ARTICLES, lengths=(2,)), 0) == {
        "mob rule": 2,
        "the mob": 1,
        "the angry": 1,
        "angry mob": 1,
        "mob left": 1,
        "rule won": 1,
    }
    assert as_dict(count_terms(ARTICLES, lengths=(2, 3)), 1) == {
        "the angry": 1,
        "angry mob": 2,
        "the angry mob": 1,
    }


def test_terms_in_too_few_articles_go_and_words_stay_counted():
    counts = count_terms(ARTICLES, lengths=(1, 2), min_articles=2)
    assert set(counts.terms) == {"mob", "the", "angry", "angry mob", "the angry"}
    assert counts.words.tolist() == [11, 5, 1]
    assert set(count_terms(ARTICLES, min_articles=3).terms) == {"mob"}


ALPHABET = st.text(alphabet="ab .,\n-’'Ä", max_size=40)


@settings(max_examples=150, deadline=None)
@given(st.lists(ALPHABET, min_size=1, max_size=5), st.integers(1, 3), st.integers(1, 3))
def test_counts_are_those_of_loops(texts, length, min_articles):
    articles = pd.DataFrame({"article_id": [str(i) for i in range(len(texts))], "text": texts})
    counts = count_terms(articles, lengths=(length,), min_articles=min_articles)
    expected = plain(texts, length)
    presence = Counter(term for _, term in expected)
    expected = {key: n for key, n in expected.items() if presence[key[1]] >= min_articles}
    rows, columns = counts.matrix.nonzero()
    found = {
        (r, counts.terms[c]): counts.matrix[r, c]
        for r, c in zip(rows.tolist(), columns.tolist(), strict=True)
    }
    assert found == expected
    assert len(set(counts.terms)) == len(counts.terms)


@settings(deadline=None)
@given(st.lists(ALPHABET, min_size=1, max_size=4))
def test_occurrences_are_as_many_as_are_counted(texts):
    articles = pd.DataFrame({"article_id": [str(i) for i in range(len(texts))], "text": texts})
    counts = count_terms(articles, lengths=(1, 2, 3))
    rows = occurrences(articles, counts.terms)
    assert len(rows) == counts.matrix.sum()
    for row in rows.itertuples():
        assert texts[int(row.article_id)][row.start : row.end] == row.text
        assert " ".join(row.text.lower().replace("’", "'").split()) == row.term


def test_excluded_spans_take_their_words_and_break_phrases():
    text = 'He said "the mob won" and left'
    articles = pd.DataFrame({"article_id": ["a"], "text": [text]})
    quoted = pd.DataFrame({"article_id": ["a", "a"], "start": [8, 13], "end": [21, 16]})
    counts = count_terms(articles, lengths=(1, 2), exclude=quoted)
    assert as_dict(counts) == {"he": 1, "said": 1, "and": 1, "left": 1, "he said": 1, "and left": 1}
    assert counts.words.tolist() == [4]
    masked = pd.DataFrame({"article_id": ["a"], "field": ["text"], "start": [3], "end": [7]})
    assert "he the" not in count_terms(articles, lengths=(2,), exclude=masked).terms
    assert occurrences(articles, ["mob", "left"], exclude=quoted).term.tolist() == ["left"]
    title_only = quoted.assign(field="title")
    assert count_terms(articles, exclude=title_only).words.tolist() == [7]


@settings(deadline=None)
@given(ALPHABET, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=5))
def test_a_word_is_excluded_by_where_it_starts(text, spans):
    articles = pd.DataFrame({"article_id": ["a"], "text": [text]})
    table = pd.DataFrame(spans, columns=["start", "end"], dtype="int64").assign(article_id="a")
    kept = [w for w in re.finditer(WORD, text) if not any(a <= w.start() < b for a, b in spans)]
    assert count_terms(articles, exclude=table).words.tolist() == [len(kept)]


def test_occurrences_lead_to_their_sentences():
    rows = occurrences(ARTICLES, "Angry mob")
    assert rows[["article_id", "field", "start", "end", "text"]].values.tolist() == [
        ["a", "text", 13, 22, "angry mob"],
        ["b", "text", 4, 13, "angry mob"],
        ["b", "text", 15, 24, "angry\nmob"],
    ]
    assert contexts(rows, ARTICLES).match.tolist() == rows.text.tolist()


def test_nothing_found_is_an_empty_table():
    assert list(occurrences(ARTICLES, ["zebra", ""]).columns) == [
        "article_id",
        "field",
        "start",
        "end",
        "text",
        "term",
    ]
    assert len(occurrences(ARTICLES, ["zebra"])) == 0
    nobody = ARTICLES.iloc[:0]
    assert count_terms(nobody).matrix.shape == (0, 0)
    assert count_terms(nobody, lengths=(2, 3)).terms.tolist() == []
    assert count_terms(pd.DataFrame({"article_id": ["a"], "text": [""]}), lengths=(1, 3)).words.tolist() == [
        0
    ]


def test_many_batches_are_one_numbering():
    """More text than one batch of the engine holds; a title and its text may fall into different ones."""
    articles = pd.DataFrame(
        {
            "article_id": range(40),
            "title": "Mob",
            "text": [f"only{i} mob " + "angry crowd, " * 20_000 for i in range(40)],
        }
    )
    counts = count_terms(articles, lengths=(1, 2))
    column = dict(zip(counts.terms, range(len(counts.terms)), strict=True))
    assert counts.matrix[:, column["mob"]].toarray().ravel().tolist() == [2] * 40
    assert counts.matrix[:, column["angry crowd"]].sum() == 800_000
    assert counts.matrix[17, column["only17"]] == 1
    assert len(occurrences(articles, "only39")) == 1


def test_counts_from_elsewhere():
    counts = counts_of(sparse.coo_matrix(([1, 2, 0], ([0, 0, 1], [1, 1, 0])), shape=(2, 2)), ["x", "y"])
    assert counts.matrix.toarray().tolist() == [[0, 3], [0, 0]]
    assert counts.matrix.nnz == 1
    assert counts.words.tolist() == [3, 0]
    assert counts_of(np.eye(2, dtype=int), ["x", "y"], words=[10, 20]).words.tolist() == [10, 20]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: count_terms(ARTICLES, lengths=(4,)), r"lengths must be among \[1, 2, 3\]; got \[4\]"),
        (lambda: count_terms(ARTICLES, lengths=()), r"lengths must be among \[1, 2, 3\]; got \[\]"),
        (lambda: count_terms(ARTICLES, exclude=pd.DataFrame({"start": []})), "exclude lacks"),
        (lambda: counts_of([[1, 2]], ["x"]), "terms: expected 2 different ones; got 1 in 1"),
        (lambda: counts_of([[1, 2]], ["x", "x"]), "terms: expected 2 different ones; got 1 in 2"),
        (lambda: counts_of([[1, -2]], ["x", "y"]), "matrix: counts must not be negative"),
        (
            lambda: counts_of([[1, 2]], ["x", "y"], words=[1, 2]),
            "words: expected one number for each of 1 articles",
        ),
    ],
)
def test_errors_say_what_was_wrong(call, message):
    with pytest.raises(ValueError, match=message):
        call()


# -- against others, and on any text -------------------------------------------------------------------


def test_words_are_those_that_scikit_learn_counts():
    texts = [text for text in ARTICLES.text if text] + [
        "The well-read mob’s crowd, don't 24/7 É é",
        "mob" * 3,
    ]
    theirs = CountVectorizer(token_pattern=WORD, lowercase=True)
    matrix = theirs.fit_transform([text.replace("’", "'") for text in texts])
    counts = count_terms(pd.DataFrame({"article_id": range(len(texts)), "text": texts}))
    order = [theirs.vocabulary_[term] for term in counts.terms]
    assert sorted(order) == list(range(len(theirs.vocabulary_)))
    np.testing.assert_array_equal(counts.matrix.toarray(), matrix.toarray()[:, order])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=4))
def test_any_text_has_the_words_that_python_finds(texts):
    articles = pd.DataFrame({"article_id": [str(i) for i in range(len(texts))], "text": texts})
    assert count_terms(articles).words.tolist() == [len(re.findall(WORD, text)) for text in texts]


@settings(deadline=None)
@given(st.lists(ALPHABET, min_size=2, max_size=4))
def test_an_article_is_counted_alike_in_any_company(texts):
    articles = pd.DataFrame({"article_id": [str(i) for i in range(len(texts))], "text": texts})
    together = count_terms(articles, lengths=(1, 2, 3))
    for i in range(len(texts)):
        alone = count_terms(articles.iloc[[i]], lengths=(1, 2, 3))
        assert as_dict(alone) == as_dict(together, i)


def test_documents_are_articles_too():
    counts = count_terms(documents(ARTICLES), lengths=(1, 2))
    other = count_terms(ARTICLES, lengths=(1, 2))
    assert counts.article_id.tolist() == other.article_id.tolist()
    assert [as_dict(counts, i) for i in range(3)] == [as_dict(other, i) for i in range(3)]


def test_a_phrase_never_reaches_from_one_article_or_field_into_the_next():
    articles = pd.DataFrame({"article_id": ["a", "b"], "title": ["red", "green"], "text": ["blue", "grey"]})
    assert count_terms(articles, lengths=(2, 3)).terms.tolist() == []


def test_terms_are_folded_like_the_text():
    articles = pd.DataFrame({"article_id": ["a"], "text": ["Don’t panic, DON'T"]})
    assert occurrences(articles, "don’t").text.tolist() == ["Don’t", "DON'T"]
    assert occurrences(articles, ["Don't panic", "don't panic"]).term.tolist() == [
        "Don't panic",
        "don't panic",
    ]


def test_input_is_left_alone():
    before = ARTICLES.copy()
    spans = pd.DataFrame({"article_id": ["a"], "start": [0], "end": [3]})
    count_terms(ARTICLES, lengths=(1, 2), exclude=spans)
    occurrences(ARTICLES, "mob", exclude=spans)
    pd.testing.assert_frame_equal(ARTICLES, before)
    assert list(spans.columns) == ["article_id", "start", "end"]
    matrix = sparse.csr_matrix([[0, 1]])
    counts_of(matrix, ["x", "y"]).matrix.data[:] = 9
    assert matrix.data.tolist() == [1]


def test_a_million_words_of_one_kind_take_no_square_time():
    articles = pd.DataFrame({"article_id": ["a"], "text": ["no " * 1_000_000]})
    counts = count_terms(articles, lengths=(1, 2, 3))
    assert as_dict(counts) == {"no": 1_000_000, "no no": 999_999, "no no no": 999_998}
