import re
import time
from dataclasses import replace
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import schema
from analysis.annotate import annotate
from analysis.corpus import load_corpus
from analysis.marks import (
    CUE_CLASSES,
    KINDS,
    VOICE_NAMES,
    Mark,
    counts_by_voice,
    identities,
    marks,
    paragraphs,
    runs,
    with_voices,
)

TEXT = "The embattled mayor left. “This regime is a disgrace,” Jane Moss said. Nobody came."
ARTICLE = pd.DataFrame({"article_id": ["a"], "title": ["Disgraceful exit"], "text": [TEXT]})


@pytest.fixture(scope="module")
def found():
    """The toy article with an epithet as the contract has it, whatever the rules for epithets make of it."""
    epithet = {
        "article_id": ["a"], "field": ["text"], "start": [4], "end": [13], "text": ["embattled"],
        "target": ["the mayor"], "target_start": [0], "target_end": [19], "kind": ["evaluative"],
        "form": ["premodifier"], "voice": ["outlet"], "polarity": ["negative"], "rule": ["word before an office"],
    }  # fmt: skip
    return replace(annotate(ARTICLE), epithets=schema.frame("epithets", epithet))


def mark(start, end, layer="voice"):
    return Mark(layer, start, end, "", "")


# -- marks -----------------------------------------------------------------------------------------


def facts(found, layer, word=None, field="text"):
    text = found.articles["text"].iloc[0] if field == "text" else found.articles["title"].iloc[0]
    [one] = [
        m
        for m in marks(found, "a", field)
        if m.layer == layer and (word is None or text[m.start : m.end] == word)
    ]
    return one, dict(one.facts)


def test_a_quotation_says_whose_it_is_and_by_which_cue(found):
    one, why = facts(found, "voice", "“This regime is a disgrace,”")
    assert (one.style, one.heading) == ("direct", "Direct quotation")
    assert why == {
        "Why": "inside quotation marks, as somebody’s words",
        "Speaker": "Jane Moss",
        "Cue": "said (neutral: reports without comment)",
    }


def test_a_loaded_word_names_its_entry_and_whose_words_it_is_in(found):
    one, why = facts(found, "loaded", "regime")
    assert (one.heading, one.style) == ("Loaded word", "negative")
    assert why["Whose words"] == "quotation of Jane Moss"
    assert why["Entry"].startswith("regime")
    assert {"Lexicon", "Category", "Polarity"} <= set(why)


def test_an_epithet_names_target_kind_form_and_rule(found):
    one, why = facts(found, "epithet")
    assert one.style == "negative"
    assert why == {
        "Target": "the mayor",
        "Kind": "evaluative: judges character, standing or competence",
        "Form": "premodifier",
        "Towards the target": "negative",
        "Rule": "word before an office",
        "Whose words": "the outlet’s own words",
    }


def test_a_cue_says_its_class_and_source(found):
    one, why = facts(found, "cue")
    assert one.style == "neutral"
    assert why == {"Class": "neutral: reports without comment", "Source": "Jane Moss"}


def test_tone_says_what_it_is_of_and_that_it_is_not_stance(found):
    tones = [m for m in marks(found, "a") if m.layer == "tone"]
    assert TEXT[tones[0].start : tones[0].end] == "The embattled mayor left."
    why = dict(tones[0].facts)
    assert why["Compound"].endswith("on a scale of −1 to 1 (VADER)")
    assert why["Caution"].startswith("tone is not stance")


def test_the_headline_has_marks_of_its_own(found):
    one, _ = facts(found, "tone", field="title")
    assert (one.start, one.end) == (0, len("Disgraceful exit"))


def test_a_quotation_without_speaker_says_why():
    voices = schema.frame(
        "voices",
        {"article_id": ["a"], "field": ["text"], "start": [26], "end": [54], "voice": ["direct"]}
        | {"reason": ["no source near"]},
    )
    bare = replace(annotate(ARTICLE), voices=voices)
    assert facts(bare, "voice")[1]["Speaker"] == "none: no source near"


def test_every_voice_class_and_kind_of_the_contract_has_words():
    assert set(VOICE_NAMES) == set(schema.VOICES)
    assert set(CUE_CLASSES) == set(schema.CUE_CLASSES)
    assert set(KINDS) == set(schema.KINDS)


def test_marks_of_the_teaching_corpus_are_inside_their_texts_and_in_order():
    articles = load_corpus()
    found = annotate(articles)
    for row in articles.to_dict("records"):
        of_text = marks(found, row["article_id"])
        assert of_text
        assert all(0 <= m.start < m.end <= len(row["text"]) for m in of_text)
        assert [m.start for m in of_text] == sorted(m.start for m in of_text)
        assert all(value for m in of_text for _, value in m.facts)


# -- runs ------------------------------------------------------------------------------------------

spans = st.lists(
    st.tuples(st.integers(-3, 40), st.integers(-3, 40)).map(lambda p: mark(min(p), max(p))), max_size=12
)


@given(st.integers(0, 35), spans, st.lists(st.integers(-2, 40), max_size=5))
def test_runs_cover_without_overlap_and_hold_exactly_the_marks_over_them(length, given_marks, cuts):
    pieces = runs(length, given_marks, cuts=cuts)
    assert [p.start for p in pieces] == [0, *(p.end for p in pieces)][: len(pieces)]
    assert sum(p.end - p.start for p in pieces) == length
    assert all(p.start < p.end for p in pieces)
    for piece in pieces:
        for at in range(piece.start, piece.end):
            assert sorted(piece.marks) == [i for i, m in enumerate(given_marks) if m.start <= at < m.end]
    edges = {p.start for p in pieces}
    assert all(c in edges for c in cuts if 0 < c < length)


def test_overlapping_layers_are_cut_into_runs_with_all_their_marks():
    pieces = runs(10, [mark(0, 6), mark(4, 8, "loaded"), mark(5, 6, "cue")])
    assert [(p.start, p.end, p.marks) for p in pieces] == [
        (0, 4, (0,)), (4, 5, (0, 1)), (5, 6, (0, 1, 2)), (6, 8, (1,)), (8, 10, ()),
    ]  # fmt: skip


def test_a_hundred_thousand_marks_take_a_moment():
    many = [mark(i, i + 2) for i in range(100_000)]
    began = time.process_time()
    assert len(runs(100_001, many)) == 100_001
    assert time.process_time() - began < 3


# -- paragraphs ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\n \n", []),
        ("one", ["one"]),
        ("one\ntwo", ["one", "two"]),
        ("one\r\n\r\ntwo\r\nstill\r\n", ["one", "two\r\nstill"]),
        ("\n\n one\ntwo\n\n", [" one", "two"]),
        ("one\rtwo", ["one", "two"]),
        ("one\n \nline\nline\n\n\n\nthree", ["one", "line\nline", "three"]),
    ],
)
def test_paragraphs_by_hand(text, expected):
    assert [text[a:b] for a, b in paragraphs(text)] == expected


@given(st.text(alphabet="ab \n\r\t", max_size=60))
def test_paragraphs_lose_nothing_but_space(text):
    found = paragraphs(text)
    assert all(a < b and text[a:b].strip() for a, b in found)
    assert all(b <= c for (_, b), (c, _) in pairwise(found))
    kept = "".join(text[a:b] for a, b in found)
    assert re.sub(r"\s", "", kept) == re.sub(r"\s", "", text)


# -- counts ----------------------------------------------------------------------------------------


def test_counts_by_voice_by_hand(found):
    table = counts_by_voice(found, "a").set_index("voice")
    assert table.index.tolist() == ["headline", "outlet", "direct"]
    assert table["words"].tolist() == [2, 9, 5]
    assert table.loc["outlet", ["epithets", "cues"]].tolist() == [1, 1]
    assert table.loc["direct", ["epithets", "cues"]].tolist() == [0, 0]
    assert table.loc["direct", "loaded"] == int((found.loaded["voice"] == "direct").sum())


def test_counts_of_one_article_do_not_depend_on_others():
    articles = load_corpus()
    together, alone = annotate(articles), annotate(articles.iloc[[3]])
    name = articles["article_id"].iloc[3]
    pd.testing.assert_frame_equal(counts_by_voice(together, name), counts_by_voice(alone, name))


def test_a_cue_inside_a_quotation_is_the_speakers():
    found = annotate(
        pd.DataFrame({"text": ["“He lied,” Ann Lee said. “Bob Ray claimed he was ill,” Tom Day added."]})
    )
    table = with_voices(found)
    starts = {(v.start, v.end): v.voice for v in found.voices.itertuples()}
    for row in table.itertuples():
        inside = [voice for (a, b), voice in starts.items() if a <= row.start < b]
        assert row.voice == (inside[0] if inside else "outlet")
    assert len(table) == len(found.cues) > 0


def test_cues_of_an_article_without_voices_are_the_outlets():
    cues = schema.frame(
        "cues", {"article_id": ["a"], "field": ["text"], "start": [65], "end": [69], "text": ["said"]}
    )
    bare = replace(annotate(ARTICLE), cues=cues, voices=schema.frame("voices"))
    assert with_voices(bare)["voice"].tolist() == ["outlet"]


# -- identities ------------------------------------------------------------------------------------


def hidden(text, names=()):
    return [text[m.start : m.end] for m in identities(text, names)]


def test_names_are_found_whole_and_in_capitals_but_not_as_ordinary_words():
    text = "BY ANN LEE. The Echo, Echo and an echo; Echoes of Ann Leeson."
    assert hidden(text, ["The Echo", "Echo", "Ann Lee"]) == ["ANN LEE", "The Echo", "Echo"]


def test_addresses_and_handles_are_found():
    text = "Write to tips@echo.example or @echo_news, see https://echo.example/a?b=1 and www.echo.example"
    assert hidden(text) == [
        "tips@echo.example",
        "@echo_news,"[:-1],
        "https://echo.example/a?b=1",
        "www.echo.example",
    ]


def test_names_are_no_patterns():
    assert hidden("a.b axb (", ["a.b", "(((", "[x"]) == ["a.b"]


def test_short_and_empty_names_hide_nothing():
    assert hidden("To be or no", ["", " ", "no", "To"]) == []


@pytest.mark.parametrize("text", ["www." * 50_000, "a" * 200_000, "https://" * 30_000, "@" * 100_000])
def test_hostile_text_takes_linear_time(text):
    began = time.process_time()
    list(identities(text, ["The Echo", "Ann Lee"]))
    assert time.process_time() - began < 5
