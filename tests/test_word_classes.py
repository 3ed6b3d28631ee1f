"""The counts of ordinary words, and the file made of them."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from analysis.corpus import DATA
from analysis.descriptions import Class, described

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
from word_classes import classes, counts


def test_words_in_lower_case_are_counted_by_tag() -> None:
    found = counts(["the_DT film_NN Film_NNP film_NN 3_CD", "films_NNS film_VB no"])
    assert found["film"] == {"NN": 2, "VB": 1}
    assert found["films"] == {"NNS": 1}
    assert "Film" not in found
    assert "3" not in found


def test_only_what_is_clear_is_kept() -> None:
    text = " ".join(
        ["film_NN"] * 3
        + ["rare_NN"] * 2
        + ["teacher_NN"] * 5
        + ["knew_VBD"] * 4
        + ["is_VBZ"] * 9
        + ["hopes_VBZ"] * 3
        + ["run_VB", "run_VBD", "run_VBD", "run_NN"]
    )
    rows = classes(counts([text])).set_index("word")
    assert rows.to_dict("index") == {
        "film": {"n": 3, "noun": "1.00", "verb": "", "finite": ""},
        "hopes": {"n": 3, "noun": "", "verb": "1.00", "finite": ""},
        "knew": {"n": 4, "noun": "", "verb": "1.00", "finite": "1.00"},
        "run": {"n": 4, "noun": "", "verb": "", "finite": "0.50"},
    }


def test_the_file_has_clear_words_once_and_no_persons() -> None:
    with open(DATA / "word_classes.csv", encoding="utf8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    words = [row["word"] for row in rows]
    assert words == sorted(set(words))
    for row in rows:
        assert int(row["n"]) >= 3
        assert all(float(row[share]) >= 0.9 for share in ("noun", "verb") if row[share])
        assert not row["finite"] or float(row["finite"]) >= 0.5
    assert not {"teacher", "analyst", "voters", "cannot"} & {row["word"] for row in rows if row["noun"]}


def test_words_that_no_list_holds_have_their_class() -> None:
    assert described("coverage")[0] == Class.THING
    assert described("explain")[0] & Class.VERB
    assert described("qwxyz")[0] == Class(0)
