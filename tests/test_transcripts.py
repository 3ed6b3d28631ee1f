"""Transcripts: turns of talk after names in capitals."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.transcripts import turns
from analysis.voices import voices

INTERVIEW = (
    "Ann Lee, the mayor, joins us.\n\nBO HAY: Is it over?\n\nANN LEE: It is. “Never again,” they say.\n\n"
    "They want safe homes.\n\n(APPLAUSE)\n\nBO HAY: Thank you.\n\nShe left."
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            INTERVIEW,
            [("It is. “Never again,” they say.", "ANN LEE"), ("They want safe homes.", "ANN LEE")],
        ),
        ("Lee and Hay came.\nBO HAY: Is it over?\nANN LEE: It is.\nIt rained.", [("It is.", "ANN LEE")]),
        (  # nobody asks: each turn ends with its paragraph
            "ANN LEE: We won.\nIt rained.\nBO HAY: We lost.\nIt snowed.\nANN LEE: Again.\nBO HAY: No.\nThe end.",
            [("We won.", "ANN LEE"), ("We lost.", "BO HAY"), ("Again.", "ANN LEE"), ("No.", "BO HAY")],
        ),
        (
            "Lee and Hay met.\nSEN. ANN LEE (R-OHIO): We won.\nHAY (on film): We lost.",
            [("We won.", "SEN. ANN LEE"), ("We lost.", "HAY")],
        ),
        ("READ MORE: One story\nIt rained.\nREAD MORE: Another\nRELATED: A third", []),
        ("BERLIN: It rained.\nIt snowed.", []),
        ("FACT: It rained.\nCLAIM: It snowed.\nFACT: It rained.", []),
        ("She said:\nMAYOR LEE: no\n", []),
        ("", []),
    ],
)
def test_whose_turn_it_is(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[t.start : t.end], text[t.name : t.name_end]) for t in turns(text)] == expected


def test_a_turn_is_its_speakers_and_the_hosts_are_the_outlets() -> None:
    found = voices(pd.DataFrame({"article_id": ["a"], "text": [INTERVIEW]}))
    rows = [(INTERVIEW[r.start : r.end], r.voice, r.speaker) for r in found.itertuples()]
    assert rows == [
        ("It is.", "indirect", "Ann Lee"),
        ("“Never again,”", "direct", "they"),
        ("they say.", "indirect", "Ann Lee"),
        ("They want safe homes.", "indirect", "Ann Lee"),
    ]


def test_many_different_names_are_read_within_the_time_of_a_test() -> None:
    letters = "ABCDEFGHIJ"
    names = ["".join(letters[int(digit)] for digit in f"{n:05}") for n in range(100_000)]
    assert turns("\n".join(f"{name}: no" for name in names)) == []


@pytest.mark.parametrize("unit", ["A", "AB ", "AB: ", "AB: a\n", "ABC (", "A.B-", "AB:\t", "\n", "(a)\n"])
def test_a_long_text_is_read_within_the_time_of_a_test(unit: str) -> None:
    assert len(turns(unit * 100_000)) <= 100_000
