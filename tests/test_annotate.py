from itertools import pairwise

import pandas as pd
import pytest

from analysis import tokens
from analysis.annotate import (
    EPITHETS,
    annotate,
    annotate_batch,
    batches,
    combined,
    corpus_hash,
    options,
)
from analysis.corpus import checked, documents, load_corpus
from analysis.schema import TABLES, VOICES

TEXT = "The embattled mayor left. “This regime is a disgrace,” Jane Moss said. Nobody came."


@pytest.fixture(scope="module")
def found():
    return annotate(load_corpus())


def test_every_table_keeps_the_contract(found):
    for name in ("voices", "cues", "mentions", "hits", "loaded", "epithets", "sentences"):
        table = getattr(found, name)
        assert list(TABLES[name]) == list(table.columns)[: len(TABLES[name])], name
        assert {c: str(table[c].dtype) for c in TABLES[name]} == TABLES[name], name
        assert table["article_id"].isin(found.articles["article_id"]).all()


def test_words_by_voice_by_hand():
    words = annotate(pd.DataFrame({"text": [TEXT]})).words
    assert dict(zip(words["voice"], words["n"], strict=True)) == {
        "outlet": 4 + 3 + 2,
        "direct": 5,
        "scare": 0,
        "indirect": 0,
        "boilerplate": 0,
    }


def test_a_hit_has_the_voice_and_the_speaker_of_its_first_character():
    loaded = annotate(pd.DataFrame({"text": [TEXT]})).loaded.set_index("text")
    assert loaded.loc["embattled", "voice"] == "outlet"
    assert pd.isna(loaded.loc["embattled", "speaker"])
    assert loaded.loc["regime", ["voice", "speaker"]].tolist() == ["direct", "Jane Moss"]


def test_every_hit_lies_in_the_voice_that_it_names(found):
    spans = {}
    for row in found.voices.itertuples():
        spans.setdefault((row.article_id, row.field), []).append((row.start, row.end, row.voice))
    for table in (found.hits, found.epithets, found.mentions):
        for row in table.itertuples():
            voices = [v for a, b, v in spans.get((row.article_id, row.field), []) if a <= row.start < b]
            assert row.voice == (voices[0] if voices else "outlet")


def test_words_in_voices_are_all_words(found):
    docs = documents(found.articles)
    words = tokens.words(tokens.encode(docs["text"]))
    assert found.words["n"].sum() == len(words.text)
    assert found.words["voice"].tolist() == list(VOICES) * len(docs)


def test_loaded_are_the_hits_of_loaded_lexicons_and_pejorative_epithets(found):
    keys = ["article_id", "field", "start", "end", "lexicon"]
    listed = found.loaded[found.loaded["lexicon"] != EPITHETS]
    loaded = found.hits[found.hits["loaded"]]
    pd.testing.assert_frame_equal(listed[keys].reset_index(drop=True), loaded[keys].reset_index(drop=True))
    added = found.loaded[found.loaded["lexicon"] == EPITHETS]
    assert 0 < len(added) < len(listed)
    spans = found.epithets.set_index(["article_id", "field", "start"])["kind"]
    assert added["category"].tolist() == [
        spans[key] for key in added[["article_id", "field", "start"]].itertuples(index=False)
    ]


def test_praise_that_no_list_holds_is_an_epithet_and_not_loaded():
    found = annotate(pd.DataFrame({"text": ["Jane Hill, a well-connected lawyer, left."]}))
    assert found.epithets[["text", "polarity"]].values.tolist() == [["well-connected lawyer", "positive"]]
    assert found.hits.empty
    assert found.loaded.empty


def test_no_loaded_words_overlap_and_they_stand_in_order(found):
    order = {
        key: i
        for i, key in enumerate(documents(found.articles)[["article_id", "field"]].itertuples(index=False))
    }
    rows = [(order[(r.article_id, r.field)], r.start, r.end) for r in found.loaded.itertuples()]
    assert rows == sorted(rows)
    assert all(a[0] < b[0] or a[2] <= b[1] for a, b in pairwise(rows))


def test_an_article_does_not_depend_on_its_company():
    articles = load_corpus()
    together = annotate(articles)
    for i in (0, 7, 14):
        one = articles.iloc[[i]]
        alone = annotate(one)
        for name in ("voices", "cues", "mentions", "hits", "epithets", "sentences", "words"):
            mine = getattr(together, name)
            mine = mine[mine["article_id"] == one["article_id"].iloc[0]].reset_index(drop=True)
            pd.testing.assert_frame_equal(getattr(alone, name), mine, obj=name)


def test_batches_make_the_same_tables_as_the_whole():
    articles, chosen = checked(load_corpus()), options()
    parts = [annotate_batch(b, chosen) for b in batches(articles, characters=4000)]
    assert len(parts) > 3
    together = combined(parts, articles=articles, record={})
    for name, table in annotate(articles).tables.items():
        pd.testing.assert_frame_equal(getattr(together, name), table, check_dtype=False, obj=name)


def test_the_same_articles_give_the_same_record_and_others_do_not():
    articles = load_corpus()
    assert annotate(articles).record == annotate(articles).record
    changed = articles.assign(text=articles["text"] + " ")
    assert corpus_hash(changed) != corpus_hash(articles)
    moved = pd.DataFrame({"article_id": ["ab", "c"], "text": ["x", "y"]})
    glued = pd.DataFrame({"article_id": ["a", "bc"], "text": ["x", "y"]})
    assert corpus_hash(moved) != corpus_hash(glued)


def test_the_record_changes_with_the_lexicons():
    few = options(lexicons=options().lexicons[:1])
    assert few.record["lexicons"] != options().record["lexicons"]


def test_other_languages_are_skipped_with_the_reason():
    articles = pd.DataFrame(
        {"text": ["Il pleut.", "It rained.", "It poured."], "language": ["fr", None, "en-US"]}
    )
    result = annotate(articles)
    assert result.skipped.values.tolist() == [["1", "language is fr, not en"]]
    assert set(result.sentences["article_id"]) == {"2", "3"}


def test_nothing_in_nothing_out():
    empty = annotate(pd.DataFrame({"text": []}))
    assert all(len(t) == 0 for t in empty.tables.values())
    blank = annotate(pd.DataFrame({"text": ["", " \n"]}))
    assert len(blank.articles) == 2
    assert blank.words["n"].sum() == 0


def test_the_input_is_left_alone():
    articles = load_corpus()
    before = articles.copy()
    annotate(articles)
    pd.testing.assert_frame_equal(articles, before)


def test_what_speakers_call_themselves_is_said_of_them():
    found = annotate(pd.DataFrame({"text": ["“I am a conservative,” Jane Moss said. I am a conservative."]}))
    assert found.epithets[["text", "target", "voice"]].values.tolist() == [
        ["conservative", "Jane Moss", "direct"],
        ["conservative", "the author", "outlet"],
    ]
