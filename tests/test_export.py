import io
import json

import pandas as pd
import pyarrow.parquet as pq
import pytest

from analysis import export
from analysis.annotate import annotate, batches, options
from analysis.corpus import checked, load_corpus
from analysis.export import json_lines, safe_csv, whole_file, write_tables


@pytest.fixture(scope="module")
def chosen():
    return options()


@pytest.fixture(scope="module")
def articles():
    return load_corpus("teaching").head(4)


# -- JSON lines ------------------------------------------------------------------------------------


def test_one_object_an_article_with_every_layer(articles):
    found = annotate(articles)
    records = [json.loads(line) for line in json_lines(found)]
    assert [r["article_id"] for r in records] == articles["article_id"].tolist()
    assert set(records[0]) == {"article_id", "outlet", "words", *export.LAYERS}
    assert sum(len(r["voices"]) for r in records) == len(found.voices)
    assert sum(sum(r["words"].values()) for r in records) == found.words["n"].sum()
    hit = next(h for h in records[0]["loaded"] if h["field"] == "text")
    assert articles["text"].iloc[0][hit["start"] : hit["end"]] == hit["text"]


def test_missing_values_are_null_and_offsets_whole_numbers():
    found = annotate(pd.DataFrame({"text": ["The so-called “partygate” row rumbled on.", ""]}))
    first, empty = map(json.loads, json_lines(found))
    scare = next(v for v in first["voices"] if v["voice"] == "scare")
    assert type(scare["start"]) is int
    assert scare["source_start"] is None
    assert empty["words"] == dict.fromkeys(empty["words"], 0)
    assert all(empty[layer] == [] for layer in export.LAYERS)


def test_an_article_in_another_language_is_a_reason_and_no_scores():
    found = annotate(
        pd.DataFrame({"text": ["Le maire sinistre.", "It rained."], "language": ["fr", "en-GB"]})
    )
    french, english = map(json.loads, json_lines(found))
    assert french["reason"] == "language is fr, not en"
    assert sum(french["words"].values()) == 0
    assert "reason" not in english
    assert sum(english["words"].values()) == 2


# -- CSV -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1"])
def test_no_cell_or_column_name_starts_a_formula(cell):
    out = io.StringIO(newline="")
    safe_csv(pd.DataFrame({cell: [cell, "plain", None]}), out)
    back = pd.read_csv(
        io.StringIO(out.getvalue()), dtype="str", keep_default_na=False, skip_blank_lines=False
    )
    assert back.columns[0] == back.iloc[0, 0] == "'" + cell
    assert back.iloc[1:, 0].tolist() == ["plain", ""]


def test_numbers_stay_numbers():
    out = io.StringIO()
    safe_csv(pd.DataFrame({"n": [-1, 2]}), out)
    assert out.getvalue() == "n\n-1\n2\n"


# -- whole files -----------------------------------------------------------------------------------


def test_a_file_that_fails_half_way_leaves_the_old_one(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("old")
    with pytest.raises(RuntimeError, match="stop"), whole_file(path) as file:
        file.write("new")
        raise RuntimeError("stop")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


# -- folders of tables -----------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".parquet", ".csv"])
def test_a_folder_holds_every_table_and_the_run_record(tmp_path, articles, chosen, suffix):
    record = write_tables(articles, chosen, tmp_path / "out", suffix=suffix)
    found = annotate(articles)
    assert {p.name for p in (tmp_path / "out").iterdir()} == {f"{t}{suffix}" for t in export.TABLES} | {
        "run.json"
    }
    assert json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf8")) == record
    assert record["rows"]["epithets"] == len(found.epithets)
    assert record["corpus"] == found.record["corpus"]
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_batches_add_up_to_the_whole(tmp_path, articles, chosen, monkeypatch):
    monkeypatch.setattr(export, "batches", lambda table: batches(table, characters=3000))
    write_tables(articles, chosen, tmp_path / "out", suffix=".parquet")
    found = annotate(articles)
    for name in ("voices", "hits", "sentences", "words"):
        table = pq.read_table(tmp_path / "out" / f"{name}.parquet").to_pandas()
        pd.testing.assert_frame_equal(table, getattr(found, name), check_dtype=False)


def test_a_run_that_was_cut_off_is_taken_up_where_it_stopped(tmp_path, articles, chosen, monkeypatch):
    real, done = export.annotate_batch, []

    def stops(batch, options):
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(batch["article_id"].tolist())
        return real(batch, options)

    monkeypatch.setattr(export, "batches", lambda table: batches(table, characters=1))
    monkeypatch.setattr(export, "annotate_batch", stops)
    with pytest.raises(KeyboardInterrupt):
        write_tables(articles, chosen, tmp_path / "out", suffix=".csv")
    assert not (tmp_path / "out").exists()
    again = []
    monkeypatch.setattr(
        export, "annotate_batch", lambda b, o: again.append(b["article_id"].tolist()) or real(b, o)
    )
    write_tables(articles, chosen, tmp_path / "out", suffix=".csv")
    assert [*done, *again] == [[i] for i in articles["article_id"]]
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_finished_run_is_replaced_and_anything_else_is_refused(tmp_path, articles, chosen):
    out = tmp_path / "out"
    write_tables(articles, chosen, out, suffix=".csv")
    assert write_tables(articles.head(1), chosen, out, suffix=".csv")["n_articles"] == 1
    other = tmp_path / "thesis"
    other.mkdir()
    (other / "chapter.txt").write_text("years of work")
    with pytest.raises(ValueError, match=r"holds 'chapter.txt', which no earlier run of this command wrote"):
        write_tables(articles, chosen, other, suffix=".csv")
    assert (other / "chapter.txt").read_text() == "years of work"


def test_a_folder_of_unfinished_work_that_is_not_ours_is_left_alone(tmp_path, articles, chosen):
    mine = tmp_path / "out.part"
    mine.mkdir()
    (mine / "notes.txt").write_text("mine")
    with pytest.raises(ValueError, match="is in the way and was not made by an earlier run"):
        write_tables(articles, chosen, tmp_path / "out", suffix=".csv")
    assert (mine / "notes.txt").read_text() == "mine"


def test_files_added_to_an_earlier_run_are_not_lost(tmp_path, articles, chosen):
    out = tmp_path / "out"
    write_tables(articles.head(1), chosen, out, suffix=".csv")
    (out / "notes.txt").write_text("mine")
    with pytest.raises(ValueError, match=r"holds 'notes.txt'"):
        write_tables(articles.head(1), chosen, out, suffix=".csv")
    assert (out / "notes.txt").read_text() == "mine"


def test_a_resumed_run_sees_other_columns_too(tmp_path, articles, chosen, monkeypatch):
    real = export.annotate_batch

    def stops_after_the_first(batch, options):
        if batch["article_id"].iloc[0] != articles["article_id"].iloc[0]:
            raise KeyboardInterrupt
        return real(batch, options)

    monkeypatch.setattr(export, "batches", lambda table: batches(table, characters=1))
    monkeypatch.setattr(export, "annotate_batch", stops_after_the_first)
    with pytest.raises(KeyboardInterrupt):
        write_tables(articles, chosen, tmp_path / "out", suffix=".csv")
    monkeypatch.setattr(export, "annotate_batch", real)
    write_tables(articles.assign(outlet="Renamed"), chosen, tmp_path / "out", suffix=".csv")
    assert set(pd.read_csv(tmp_path / "out" / "articles.csv")["outlet"]) == {"Renamed"}


def test_no_articles_make_empty_tables(tmp_path, chosen):
    none = checked(pd.DataFrame({"text": []}))
    record = write_tables(none, chosen, tmp_path / "out", suffix=".csv")
    assert record["n_articles"] == 0
