"""Chunks, words and sentences against Python's own str.split and re, on texts counted by hand and at random."""

from __future__ import annotations

import re
import sys
from collections import Counter
from itertools import pairwise

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer

from analysis import tokens
from analysis.tokens import Batch, batches, by_string, document_term_matrix, encode, sentences, words

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
WHITE = " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2003\u2028\u2029\u202f\u205f\u3000"
LIKE_WHITE = "\u200b\ufeff\u180e\x00\u0301\u200d"
ODD_TEXT = st.text(alphabet=st.sampled_from([*WHITE, *LIKE_WHITE, *"_-’'.!?…”“,aBzé1٣²Ⅷ中אİ😀"]))
TEXTS = st.lists(st.one_of(ANY_TEXT, ODD_TEXT), max_size=5)


def chunks_of(batch: Batch) -> list[list[str]]:
    chunks = batch.types.take(pa.array(batch.ids)).to_pylist()
    return [chunks[a:b] for a, b in zip(batch.pointer[:-1], batch.pointer[1:], strict=True)]


def words_of(texts: list[str]) -> list[tuple[int, int, int, str]]:
    found = words(encode(texts))
    forms = found.forms.take(pa.array(found.form)).to_pylist()
    return list(zip(found.text.tolist(), found.start.tolist(), found.end.tolist(), forms, strict=True))


def words_by_re(texts: list[str]) -> list[tuple[int, int, int, str]]:
    return [
        (i, m.start(), m.end(), m.group())
        for i, text in enumerate(texts)
        for m in re.finditer(tokens.WORD, text)
    ]


def sentences_of(text: str) -> list[str]:
    found = sentences(encode([text]))
    return [text[a:b] for a, b in zip(found.start, found.end, strict=True)]


# --------------------------------------------------------------------------- chunks


def test_chunks_keep_the_white_space_that_follows() -> None:
    batch = encode(["No, no.\n\nNo, ", "", "no."])
    assert chunks_of(batch) == [["No, ", "no.\n\n", "No, "], [], ["no."]]
    assert batch.types.to_pylist() == ["No, ", "no.\n\n", "no."]
    assert batch.ids.tolist() == [0, 1, 0, 2]
    assert batch.pointer.tolist() == [0, 3, 3, 4]
    assert batch.starts.tolist() == [0, 4, 9, 13]


def test_white_space_at_the_head_of_a_text_is_a_chunk_of_its_own() -> None:
    batch = encode(["a", " \n b", "  "])
    assert chunks_of(batch) == [["a"], [" \n ", "b"], ["  "]]
    assert batch.trimmed.to_pylist() == ["a", "", "b", ""]
    assert batch.lengths.tolist() == [1, 0, 1, 0]


@settings(max_examples=300, deadline=None)
@given(TEXTS)
@example(["\x1c", "a\x1db", "\x00 \x00", "\u2028", "\u200b"])
@example(["\x85", "\xa0a\xa0", "Â", "â€", "\u3000\u3000x"])
def test_chunks_are_those_of_split_on_any_text(texts: list[str]) -> None:
    batch = encode(texts)
    assert ["".join(chunks) for chunks in chunks_of(batch)] == texts
    assert [[c.strip() for c in chunks if c.strip()] for chunks in chunks_of(batch)] == [
        t.split() for t in texts
    ]
    assert batch.trimmed.to_pylist() == [c.strip() for c in batch.types.to_pylist()]
    assert batch.lengths.tolist() == [len(c.strip()) for c in batch.types.to_pylist()]


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_positions_are_code_points_and_starts_are_bytes(texts: list[str]) -> None:
    batch = encode(texts)
    joined = "".join(texts).encode()
    place = 0
    for chunks, first in zip(chunks_of(batch), batch.pointer.tolist(), strict=False):
        position = 0
        for i, chunk in enumerate(chunks, first):
            assert batch.positions[i] == position
            assert batch.starts[i] == place
            assert joined[place:].startswith(chunk.encode())
            position += len(chunk)
            place += len(chunk.encode())


def test_white_space_is_pythons_in_all_of_unicode() -> None:
    characters = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF]
    batch = encode([f"a{c}b" for c in characters])
    wide = np.diff(batch.pointer) == 2
    assert [c for c, is_white in zip(characters, wide, strict=True) if is_white] == [
        c for c in characters if c.isspace()
    ]
    assert len(batch.trimmed.filter(pc.equal(batch.trimmed, "a"))) == sum(c.isspace() for c in characters)


def test_texts_may_come_as_arrow_arrays_sliced_or_large() -> None:
    texts = ["skipped", "a b", "", "ć d", "skipped"]
    for kind in (pa.string(), pa.large_string()):
        batch = encode(pa.array(texts, kind).slice(1, 3))
        assert chunks_of(batch) == [["a ", "b"], [], ["ć ", "d"]]
        assert batch.texts.to_pylist() == ["a b", "", "ć d"]
        assert batch.positions.tolist() == [0, 2, 0, 2]
    assert chunks_of(encode(pd.Series(["a b"], dtype="str"))) == [["a ", "b"]]
    assert chunks_of(encode(text for text in ["a b"])) == [["a ", "b"]]
    assert chunks_of(encode(np.array(["a b"]))) == [["a ", "b"]]


@pytest.mark.parametrize("texts", [[], pa.array([], pa.string()), pa.array(["x"]).slice(1), [""], ["", ""]])
def test_no_text_is_no_chunk_no_word_no_sentence(texts: list[str]) -> None:
    batch = encode(texts)
    found = words(batch)
    matrix, vocabulary = document_term_matrix(found)
    assert len(batch.ids) == len(batch.types) == len(found.form) == len(sentences(batch).text) == 0
    assert batch.pointer.tolist() == [0] * (len(texts) + 1)
    assert (matrix.shape, len(vocabulary)) == ((len(texts), 0), 0)
    assert len(batch.positions) == len(batch.lengths) == 0


@pytest.mark.parametrize(
    ("texts", "error", "message"),
    [
        (
            ["fine", "bad \ud83d!"],
            ValueError,
            "text 1 has half a surrogate pair, U+D83D, at 4: it was decoded wrongly and has no UTF-8",
        ),
        (["a", None], ValueError, "texts must not be missing; text 1 is"),
        (["a", float("nan")], ValueError, "texts must not be missing; text 1 is"),
        ([pd.NA], ValueError, "texts must not be missing; text 0 is"),
        (pa.array(["a", None]), ValueError, "texts must not be missing; text 1 is"),
        (["a", 3], TypeError, "texts must be strings; text 1 is int"),
        ([b"a"], TypeError, "texts must be strings; text 0 is bytes"),
        ([["a"]], TypeError, "texts must be strings; text 0 is list"),
        (pa.array([1]), TypeError, "texts must be strings; got int64"),
        ("a text", TypeError, "texts must be a list of strings; got one string"),
    ],
)
def test_what_is_no_text_is_refused(texts: object, error: type[Exception], message: str) -> None:
    for function in (encode, batches):
        with pytest.raises(error, match=f"^{re.escape(message)}$"):
            function(texts)  # type: ignore[operator]


def test_more_than_a_batch_holds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "_MOST_BYTES", 10)
    assert len(encode(["12345", "67890"]).ids) == 2
    with pytest.raises(ValueError, match=r"^a batch holds at most 10 bytes of text; got 11: see batches$"):
        encode(["12345", "678901"])


def test_more_than_two_gibibytes_take_more_than_one_batch() -> None:
    size = 2**31 + 10
    data = np.zeros(size, np.uint8)  # memory that is never touched, but for the two texts at the ends
    data[-7:] = list("\u2028c d ".encode())
    buffers = [None, pa.py_buffer(np.array([0, 4, size - 7, size], np.int64)), pa.py_buffer(data)]
    texts = pa.Array.from_buffers(pa.large_string(), 3, buffers)
    with pytest.raises(
        ValueError, match=f"^a batch holds at most 2,147,483,647 bytes of text; got {size:,}: "
    ):
        encode(texts)
    with_the_long_one, last = batches(texts)
    assert len(with_the_long_one) == 2
    assert chunks_of(encode(last)) == [["\u2028", "c ", "d "]]


def test_inputs_are_not_changed_and_results_do_not_depend_on_the_batch() -> None:
    texts = ["The mob, he said. It left.", "It left.", "Ümläut\u00a0and 😀 mob."]
    before = list(texts)
    together = sentences(encode(texts)), words_of(texts)
    assert texts == before
    alone = [sentences(encode([text])) for text in texts]
    assert together[0].start.tolist() == [s for found in alone for s in found.start.tolist()]
    assert together[1] == [(i, *word[1:]) for i, text in enumerate(texts) for word in words_of([text])]


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.integers(1, 12))
def test_batches_hold_all_texts_in_order(texts: list[str], size: int) -> None:
    parts = [part.to_pylist() for part in batches(texts, size=size)]
    assert [text for part in parts for text in part] == texts
    assert all(parts)
    # A batch goes on only while what it holds is less than the size.
    assert all(len("".join(part[:-1]).encode()) < size for part in parts)


def test_by_string_is_pythons_function_where_arrow_differs() -> None:
    strings = ["İSTANBUL", "ΟΔΟΣ", "Straße", "ABC", "", "ǅ"]
    assert by_string(pa.array(strings), pc.ascii_lower, str.lower).to_pylist() == [s.lower() for s in strings]
    upper = ["ABC", "Ⅷ", "ⅷ", "A1", "1", "ǅ", "ª"]
    assert by_string(pa.array(upper), pc.ascii_is_upper, str.isupper).to_pylist() == [
        s.isupper() for s in upper
    ]
    assert by_string(pa.array(["é"]), pc.ascii_lower, str.lower).to_pylist() == ["é"]


# --------------------------------------------------------------------------- words


def test_words_counted_by_hand() -> None:
    text = "The so-called “Iron Lady”—don’t ask—won't_go; 3.5% of l'Été, café's & 東京-2020 --x- 'tis"
    assert [word for *_, word in words_of([text])] == [
        *("The", "so-called", "Iron", "Lady", "don’t", "ask", "won't", "go", "3", "5", "of", "l'Été"),
        *("café's", "東京-2020", "x", "tis"),
    ]


@settings(max_examples=500, deadline=None)
@given(TEXTS)
@example(["a-b", "-", "c", "a-", "-b", "'", "’’a’’b"])
@example(["e\u0301a", "a\u200db", "a\x00b", "שלום־עולם", "a_b-c"])
@example(["x²-½", "Ⅷ’s", "٣-a", "a--b", "a-'b"])
def test_words_are_those_of_the_regular_expression_on_any_text(texts: list[str]) -> None:
    assert words_of(texts) == words_by_re(texts)


def test_words_are_those_of_the_regular_expression_for_every_character() -> None:
    texts = [
        "".join(f"a{chr(code)}b -{chr(code)}’c " for code in range(block, block + 0x400))
        for block in range(0, 0x33400, 0x400)
        if not 0xD800 <= block <= 0xDFFF
    ]
    assert words_of(texts) == words_by_re(texts)


def test_forms_and_vocabulary_are_distinct_and_folded() -> None:
    found = words(encode(["Don’t DON'T don't Istanbul İstanbul", "don't"]))
    assert found.forms.to_pylist() == ["Don’t", "DON'T", "don't", "Istanbul", "İstanbul"]
    assert found.vocabulary.to_pylist() == ["don't", "istanbul", "İstanbul".lower()]
    assert found.folded.tolist() == [0, 0, 0, 1, 2]
    assert found.form.tolist() == [0, 1, 2, 3, 4, 2]
    assert found.pointer.tolist() == [0, 5, 6]
    assert found.text.tolist() == [0] * 5 + [1]


@pytest.mark.parametrize(
    ("between", "joined"),
    [
        (" ", True),
        ("  \t ", True),
        ("\u00a0", True),
        ("\n", True),
        (" \n ", True),
        ("\r\n", True),
        ("\u2028", True),
        ("\n\n", False),
        ("\r\n\r\n", False),
        ("\r\r", False),
        ("\n \t\n", False),
        ("\u2029", False),
        ("\x0c", False),
        (", ", False),
        (" - ", False),
        (" “", False),
        ("/", False),
        ("_", False),
        ("” ", False),
        (" 😀 ", False),
        (". ", False),
    ],
)
def test_joined_words_have_only_a_space_or_a_line_break_between(between: str, joined: bool) -> None:
    assert words(encode([f"one{between}two"])).joined.tolist() == [False, joined]


def test_the_first_word_of_a_text_is_not_joined() -> None:
    assert words(encode(["one two", "three four", " five"])).joined.tolist() == [
        False,
        True,
        False,
        True,
        False,
    ]


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_joined_is_what_stands_between_words(texts: list[str]) -> None:
    found = words(encode(texts))
    expected = []
    for text in texts:
        matches = list(re.finditer(tokens.WORD, text))
        gaps = [text[a.end() : b.start()] for a, b in pairwise(matches)]
        expected += [False] * bool(matches) + [gap.isspace() and breaks(gap) < 2 for gap in gaps]
    assert found.joined.tolist() == expected


def breaks(gap: str) -> int:
    lines = sum(line != line.splitlines()[0] for line in gap.splitlines(keepends=True))
    return lines + gap.count("\x0c") + gap.count("\u2029")


# --------------------------------------------------------------------------- counts


def test_document_term_matrix_counted_by_hand() -> None:
    matrix, vocabulary = document_term_matrix(words(encode(["The mob. THE MOB, the crowd", "", "A crowd"])))
    assert vocabulary.to_pylist() == ["the", "mob", "crowd", "a"]
    assert matrix.toarray().tolist() == [[3, 2, 1, 0], [0, 0, 0, 0], [0, 0, 1, 1]]
    assert matrix.has_sorted_indices
    assert matrix.dtype == np.int32


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_document_term_matrix_is_a_counter(texts: list[str]) -> None:
    matrix, vocabulary = document_term_matrix(words(encode(texts)))
    names = vocabulary.to_pylist()
    assert len(set(names)) == len(names)
    for row, text in zip(matrix.toarray(), texts, strict=True):
        counts = Counter(word.lower().replace("’", "'") for word in re.findall(tokens.WORD, text))
        assert {name: n for name, n in zip(names, row.tolist(), strict=True) if n} == counts


def test_document_term_matrix_is_count_vectorizers() -> None:
    texts = ["The mob's mob, the crowd", "crowd-led: a don't", "", "The end the END"] * 3
    vectorizer = CountVectorizer(token_pattern=tokens.WORD)
    expected = vectorizer.fit_transform(texts).toarray()
    matrix, vocabulary = document_term_matrix(words(encode(texts)))
    order = np.argsort(vocabulary.to_numpy(zero_copy_only=False).astype(str))
    assert vocabulary.take(pa.array(order)).to_pylist() == vectorizer.get_feature_names_out().tolist()
    assert (matrix.toarray()[:, order] == expected).all()


# --------------------------------------------------------------------------- sentences


@pytest.mark.parametrize(
    "pieces",
    [
        ["It rained.", "The mob left!", "“Why?”", "(He knew.)", "Nobody"],
        ["He won 3.5 million.", "12 people left.", "“Yes.”", "She sighed…", "And left?!", "So"],
        ["“Stop it!” he said.", "“I won’t.”", "[Laughter.]", "He left.”)", "So..."],
        ["Mr. and Mrs. Hope met Sen. Paul vs. Gov. Lee.", "They met Dr. Who."],
        ["J. K. Rowling met George W. Bush in the U.S. Senate.", "It rained."],
        ["She left the U.S. on Jan. 6 at 5 p.m. Eastern.", "He stayed until 6 p.m.", "The end."],
        ["He sold Acme Inc. to Sam Smith Jr. of Calif.", "But it rained."],
        ["No. 10 said no.", "No.", "Nos. 3 and 4 left."],
        ["World War I.", "Britain won. iPhones were sold.", "Plan B.", "The end"],
        ["Кто там?", "Никто. никого.", "Да!"],
        ["他说。", "是的。"],
        ["It was he (Wash.) who won.", "A man"],
        ["She said so; e.g. Monday, i.e. Today."],
        ["a.B 1.5 x.com/Y? u.S.A.'s — Yes."],
    ],
)
def test_sentences_cut_by_hand(pieces: list[str]) -> None:
    assert sentences_of(" ".join(pieces)) == pieces


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("A headline\nThe text in\ntwo wrapped lines.", ["A headline", "The text in\ntwo wrapped lines."]),
        ("a list:\n– an item\n• Another\n3 more", ["a list:", "– an item", "• Another", "3 more"]),
        ("one,\n\ntwo,\r\n\r\nthree,\r\n \r\nfour", ["one,", "two,", "three,", "four"]),
        ("Sen.\n\nPaul", ["Sen.", "Paul"]),
        ("one\u2029two\x0cthree\u2028four", ["one", "two", "three\u2028four"]),
    ],
)
def test_lines_and_paragraphs_cut_by_hand(text: str, pieces: list[str]) -> None:
    assert sentences_of(text) == pieces


def test_sentences_are_trimmed_and_number_their_chunks() -> None:
    batch = encode(["  \n Rain.  It fell \n\n", "\u3000", "End."])
    found = sentences(batch)
    assert found.text.tolist() == [0, 0, 2]
    assert found.start.tolist() == [4, 11, 0]
    assert found.end.tolist() == [9, 18, 4]
    assert found.first.tolist() == [1, 2, 5]
    assert found.stop.tolist() == [2, 4, 6]


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_sentences_cover_all_but_white_space_in_order(texts: list[str]) -> None:
    found = sentences(encode(texts))
    spans = list(zip(found.text.tolist(), found.start.tolist(), found.end.tolist(), strict=True))
    assert spans == sorted(spans)
    for number, text in enumerate(texts):
        own = [(start, end) for i, start, end in spans if i == number]
        assert all(text[a:b] == text[a:b].strip() != "" for a, b in own)
        gaps = zip([0, *(b for _, b in own)], [*(a for a, _ in own), len(text)], strict=True)
        assert not any(text[a:b].strip() for a, b in gaps)
        assert all(re.search(r"\n\s*\n", text[a:b]) is None for a, b in own)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 1_000_000,
        "“" * 100_000,
        ". " * 100_000,
        "A. " * 100_000,
        "-'" * 200_000,
        "\n" * 300_000,
        "Aa.\n" * 50_000,
    ],
)
def test_hostile_texts_take_linear_time(text: str) -> None:
    assert words_of([text]) == words_by_re([text])
    assert " ".join(sentences_of(text)).split() == text.split()
    assert len(sentences_of(text)) <= len(text) // 2 + 1
