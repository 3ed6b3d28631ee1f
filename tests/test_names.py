"""Runs of capitalised words: each read by itself."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.names import RUN, lists, pieces, split_name


def read(text: str, *fields: str) -> list[tuple]:
    fields = fields or ("name", "kind")
    return [tuple(getattr(p, f) for f in fields) for m in RUN.finditer(text) for p in pieces(m.group())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jane Okoro", [("Jane Okoro", "person")]),
        ("Sen. Jane Okoro", [("Jane Okoro", "person")]),
        ("Republican Sen. Okoro of Texas", [("Okoro", "person")]),
        ("George W. Bush", [("George W. Bush", "person")]),
        ("Bill de Blasio", [("Bill de Blasio", "person")]),
        ("Martin Luther King Jr.", [("Martin Luther King Jr.", "person")]),
        ("Alexandria Ocasio-Cortez", [("Alexandria Ocasio-Cortez", "person")]),
        ("Will Hurd", [("Will Hurd", "person")]),
        ("Billionaire Tom Hale", [("Tom Hale", "person")]),
        ("President Trump", [("Trump", "person")]),
        ("Secretary of State Ann Fry", [("Ann Fry", "person")]),
        ("House Speaker Ann Fry", [("Ann Fry", "person")]),
        ("White House Press Secretary Ann Fry", [("White House", "body"), ("Ann Fry", "person")]),
        ("U.S. Attorney General Bob Hale", [("Bob Hale", "person")]),
        (
            "Conservative Party MP Crispin Blunt",
            [("Conservative Party", "body"), ("Crispin Blunt", "person")],
        ),
        ("New Hampshire Democrat Jane Okoro", [("Jane Okoro", "person")]),
        ("The White House", [("White House", "body")]),
        ("The Guardian", [("The Guardian", "body")]),
        ("New York Times", [("New York Times", "body")]),
        ("Department of Justice", [("Department of Justice", "body")]),
        ("House Judiciary Committee", [("House Judiciary Committee", "body")]),
        ("American Civil Liberties Union", [("American Civil Liberties Union", "body")]),
        ("Group on Global LGBT+ Rights", [("Group on Global LGBT+ Rights", "body")]),
        ("House Democrats", [("House Democrats", "group")]),
        ("Chancellor of the Exchequer", [("Chancellor of the Exchequer", "role")]),
        ("The Prime Minister", [("Prime Minister", "role")]),
        ("Justice Department", [("Justice Department", "body")]),
        ("AIPAC", [("AIPAC", "acronym")]),
        ("Zzyx", [("Zzyx", "unknown")]),
    ],
)
def test_names_and_bodies(text: str, expected: list[tuple[str, str]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    ["Monday", "Texas", "New York", "South Dakota", "Green New Deal", "First Amendment", "The", "But When", "Brexit",
     "Trump-backed", "Pennsylvania Avenue", "World War II", "Affordable Care Act", "Democratic", "British", "June"],
)  # fmt: skip
def test_places_things_and_small_words_are_left_out(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "title", "role", "sex"),
    [
        ("Sen. Okoro", "Sen.", "senator", None),
        ("Congresswoman Okoro", "Congresswoman", "congresswoman", "f"),
        ("Mr Okoro", "Mr", None, "m"),
        ("Ms. Okoro", "Ms.", None, "f"),
        ("Jane Okoro", None, None, "f"),
        ("President Joe Hale", "President", "president", "m"),
        ("Lt. Gen. Bob Hale", "Lt. Gen.", "general", "m"),
        ("Queen Mary", "Queen", "queen", "f"),
    ],
)
def test_titles_give_role_and_sex(text: str, title: str | None, role: str | None, sex: str | None) -> None:
    assert read(text, "title", "role", "sex") == [(title, role, sex)]


def test_party_before_a_name() -> None:
    assert read("Democratic Sen. Ann Fry", "name", "party") == [("Ann Fry", "democrat")]
    assert read("Republican Ann Fry", "name", "party") == [("Ann Fry", "republican")]


def test_spans_count_from_the_start_of_the_run() -> None:
    [found] = pieces("But Republican Sen. Ann Fry")
    assert "But Republican Sen. Ann Fry"[found.start : found.end] == "Sen. Ann Fry"


def test_a_possessive_ends_a_run() -> None:
    assert [m.group() for m in RUN.finditer("Trump’s White House and Bob's Ann Fry")] == [
        "Trump", "White House", "Bob", "Ann Fry"]  # fmt: skip


def test_a_name_after_a_hyphen_is_part_of_a_word() -> None:
    assert [m.group() for m in RUN.finditer("anti-Trump votes")] == []


@pytest.mark.parametrize(
    ("name", "words", "suffix"),
    [
        ("Ann Fry", ["Ann", "Fry"], ""),
        ("Ann Fry Jr.", ["Ann", "Fry"], "Jr"),
        ("Ursula von der Leyen", ["Ursula", "von der Leyen"], ""),
        ("Fry", ["Fry"], ""),
        ("Jr.", ["Jr."], ""),
        ("Crispin Blunt MP", ["Crispin", "Blunt"], "MP"),
    ],
)
def test_split_name(name: str, words: list[str], suffix: str) -> None:
    assert split_name(name) == (words, suffix)


def test_classes_of_roles_go_all_the_way_up() -> None:
    assert lists().classes["congresswoman"] >= {"congresswoman", "representative", "lawmaker", "politician"}
    assert "president" not in lists().classes["senator"]


def test_the_lists_hold_men_and_women_alike() -> None:
    sexes = list(lists().first.values())
    assert len(sexes) > 1500
    assert 0.5 < sexes.count("f") / sexes.count("m") < 2
    assert {"m", "f", None} == set(sexes)


@given(st.text(alphabet="ABCdef .’'-&oft", max_size=120))
def test_pieces_lie_in_their_run_in_order(text: str) -> None:
    for run in RUN.finditer(text):
        end = 0
        for piece in pieces(run.group()):
            assert end <= piece.start < piece.end <= len(run.group())
            assert piece.name
            end = piece.end


@pytest.mark.parametrize("unit", ["A", "A ", "Ab-", "Ab’c", "Mr. ", "A of the ", "of the A", "Á "])
def test_time_grows_with_the_text_and_no_faster(unit: str) -> None:
    def seconds(n: int) -> float:
        began = time.process_time()
        read(unit * n)
        return time.process_time() - began

    assert seconds(40_000) < 12 * seconds(8_000) + 0.5
