import io
import json

import pandas as pd
import pytest

from analysis.corpus import InputError, checked, documents, iso_dates, load_corpus, load_gold, read_articles


def write(folder, name, data):
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf8"))
    return path


# -- each kind of file -----------------------------------------------------------------------------


def test_the_same_articles_from_every_kind_of_file(tmp_path):
    table = pd.DataFrame(
        {"article_id": ["a", "b"], "outlet": ["X", "Y"], "text": ["One, “two”.\n\nThree", "=NA\tend"]}
    )
    table.to_csv(tmp_path / "t.csv", index=False)
    table.to_json(tmp_path / "t.jsonl", orient="records", lines=True)
    table.to_parquet(tmp_path / "t.parquet")
    for suffix in ("csv", "jsonl", "parquet"):
        read = read_articles(tmp_path / f"t.{suffix}")
        pd.testing.assert_frame_equal(read[["article_id", "outlet", "text"]], table, check_dtype=False)


def test_a_folder_of_text_files_in_name_order(tmp_path):
    write(tmp_path, "b.txt", "second")
    write(tmp_path, "a.txt", "first")
    write(tmp_path, "notes.md", "not an article")
    articles = read_articles(tmp_path)
    assert articles["article_id"].tolist() == ["a", "b"]
    assert articles["text"].tolist() == ["first", "second"]
    assert articles["outlet"].tolist() == ["", ""]


def test_text_is_kept_to_the_character(tmp_path):
    text = " line\r\n\r\nNA, 007, \x00 \u00a0é🙂 "
    assert read_articles(write(tmp_path, "a.txt", text))["text"].tolist() == [text]
    csv = 'article_id,text\r\n007,"one\r\ntwo"\r\n8,NA\r\n'
    articles = read_articles(write(tmp_path, "a.csv", csv))
    assert articles["text"].tolist() == ["one\r\ntwo", "NA"]
    assert articles["article_id"].tolist() == ["007", "8"]


def test_a_byte_order_mark_is_no_text(tmp_path):
    assert read_articles(write(tmp_path, "a.txt", b"\xef\xbb\xbfHello"))["text"].tolist() == ["Hello"]
    bom = read_articles(write(tmp_path, "a.csv", b"\xef\xbb\xbftext\nHello\n"))
    assert bom["text"].tolist() == ["Hello"]


PAGE = """<html><head><title>Mayor quits - The Daily X</title><meta property="og:site_name" content="The Daily X">
<meta name="author" content="Jo Bloggs"><meta property="article:published_time" content="2021-03-04T10:00:00Z"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Mayor quits</h1><p>The embattled mayor said on Monday that she would
leave the town hall in May.</p><p>“I am tired,” she said, after many years. &lt;script&gt; stays text.</p></article>
<footer>Copyright The Daily X</footer></body></html>"""


def test_a_page_saved_from_a_browser(tmp_path):
    [row] = read_articles(write(tmp_path, "page.html", PAGE)).to_dict("records")
    assert [row[c] for c in ("article_id", "outlet", "title", "date", "authors")] == [
        *("page", "The Daily X", "Mayor quits", "2021-03-04", "Jo Bloggs")
    ]
    first, second = row["text"].split("\n\n")
    assert first.startswith("The embattled mayor")
    assert second.endswith("<script> stays text.")


def test_a_page_without_an_article(tmp_path):
    with pytest.raises(InputError, match="no article found in this page"):
        read_articles(write(tmp_path, "page.html", "<html></html>"))


def test_pasted_text_from_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("It “rained”.".encode())))
    assert read_articles("-")[["article_id", "text"]].values.tolist() == [["stdin", "It “rained”."]]


def test_one_article_of_ten_megabytes(tmp_path):
    text = "word " * 2_000_000
    assert read_articles(write(tmp_path, "long.txt", text))["text"].iloc[0] == text


def test_a_million_rows(tmp_path):
    path = write(
        tmp_path, "many.csv", "article_id,text\n" + "".join(f"{i},It rained {i}.\n" for i in range(1_000_000))
    )
    articles = read_articles(path)
    assert len(articles) == 1_000_000
    assert articles["duplicate_of"].isna().all()


# -- columns ---------------------------------------------------------------------------------------


def test_columns_are_mapped_and_others_kept(tmp_path):
    path = write(tmp_path, "a.csv", "id,source,body,text,shares\n1,X,Story,teaser,7\n")
    articles = read_articles(path, columns={"article_id": "id", "outlet": "source", "text": "body"})
    assert articles[["article_id", "outlet", "text", "shares"]].values.tolist() == [["1", "X", "Story", "7"]]


def test_names_may_be_exchanged_and_a_text_has_none(tmp_path):
    path = write(tmp_path, "a.csv", "title,text\nThe story,The headline\n")
    articles = read_articles(path, columns={"title": "text", "text": "title"})
    assert articles[["title", "text"]].values.tolist() == [["The headline", "The story"]]
    with pytest.raises(InputError, match="a text has no columns to name"):
        read_articles(write(tmp_path, "a.txt", "x"), columns={"text": "body"})


def test_a_comma_at_the_end_of_each_row_shifts_nothing(tmp_path):
    articles = read_articles(write(tmp_path, "a.csv", "outlet,text\nX,Story,\nY,Other,\n"))
    assert articles[["outlet", "text"]].values.tolist() == [["X", "Story"], ["Y", "Other"]]


def test_text_must_be_text(tmp_path):
    pd.DataFrame({"text": [b"bytes", b"more"]}).to_parquet(tmp_path / "a.parquet")
    with pytest.raises(InputError, match="article 1: 'text' must be text; got bytes"):
        read_articles(tmp_path / "a.parquet")
    with pytest.raises(InputError, match="two columns are named 'text'"):
        checked(pd.DataFrame([["a", "b"]], columns=["text", "text"]))


def test_nested_columns_of_json_lines_become_text(tmp_path):
    lines = '{"text": "A", "tags": ["x"], "n": 1}\n{"text": "B", "tags": null, "n": "two"}\n'
    articles = read_articles(write(tmp_path, "a.jsonl", lines))
    assert articles["tags"].iloc[0] == '["x"]'
    assert articles["n"].tolist() == ["1", "two"]
    articles.to_parquet(tmp_path / "b.parquet")


def test_a_title_is_no_part_of_a_longer_word():
    docs = documents(pd.DataFrame({"article_id": ["a"], "title": ["Mob"], "text": ["Mobile phones rang."]}))
    assert docs["field"].tolist() == ["title", "text"]


def test_rows_are_numbered_where_no_id_is_given(tmp_path):
    articles = read_articles(write(tmp_path, "a.csv", "text\nA\nB\n"))
    assert articles["article_id"].tolist() == ["1", "2"]
    assert articles.attrs["notes"] == ["no column 'article_id': rows are numbered from 1"]


def test_empty_texts_and_exact_duplicates_are_kept_and_counted():
    articles = checked(pd.DataFrame({"article_id": list("abcd"), "text": ["Same.", "", "Same.", "  "]}))
    assert articles["duplicate_of"].fillna("-").tolist() == ["-", "-", "a", "-"]
    assert articles.attrs["notes"] == [
        "2 articles have no text",
        "1 articles repeat another's text: see duplicate_of",
    ]


def test_numbers_as_ids_lose_their_point_and_nothing_else():
    assert checked(pd.DataFrame({"article_id": [7.0, 8.5], "text": ["a", "b"]}))["article_id"].tolist() == [
        "7",
        "8.5",
    ]


def test_the_table_given_is_left_alone():
    given = pd.DataFrame({"article_id": [1, 2], "text": ["A", None], "date": ["3 May 2021", "soon"]})
    before = given.copy()
    checked(given)
    pd.testing.assert_frame_equal(given, before)


# -- dates -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("2021-05-03", "2021-05-03"),
        ("2021-05-03T23:59:00+02:00", "2021-05-03"),
        ("20210503", "2021-05-03"),
        ("2021/05/03", "2021-05-03"),
        ("3 May 2021", "2021-05-03"),
        ("Monday, 3rd May 2021", "2021-05-03"),
        ("May 3, 2021", "2021-05-03"),
        ("Sept. 3, 2021", "2021-09-03"),
        ("Sep. 3, 2021", "2021-09-03"),
        ("25/12/2021", "2021-12-25"),
        ("12/25/2021", "2021-12-25"),
        ("04/04/2021", "2021-04-04"),
        ("03/05/2021", None),
        ("2021-02-30", None),
        ("soon", None),
        ("99999999999999999999", None),
    ],
)
def test_dates_in_several_notations(given, read):
    dates, lost = iso_dates([given])
    assert dates.astype("object").where(dates.notna(), None).tolist() == [read]
    assert lost == (read is None)


def test_the_column_decides_whether_the_day_comes_first():
    assert iso_dates(["03/05/2021", "25/12/2021"])[0].tolist() == ["2021-05-03", "2021-12-25"]
    assert iso_dates(["03/05/2021", "12/25/2021"])[0].tolist() == ["2021-03-05", "2021-12-25"]
    both, lost = iso_dates(["03/05/2021", "25/12/2021", "12/25/2021"])
    assert both.tolist()[1:] == ["2021-12-25", "2021-12-25"]
    assert lost == 1


def test_missing_dates_are_not_counted_as_unreadable():
    assert iso_dates([None, "", " ", float("nan")])[1] == 0


# -- what cannot be read ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.csv", b"", "a.csv: is empty; expected a header line"),
        ("a.csv", b"id,body\n1,x\n", r"a.csv: no column 'text'; it has \['id', 'body'\]: name yours"),
        ("a.csv", b"article_id,text\n1,a,b\n2,b\n3,c,d,e,f\n", "a.csv: is not a CSV table: "),
        (
            "a.csv",
            b"article_id,text\n1,a\n1,b\n",
            "article_id '1' stands in articles 1 and 2; each must be unique",
        ),
        ("a.jsonl", b'{"text": "a"}\n{"text": \n', "a.jsonl, line 2: is not JSON"),
        ("a.jsonl", b'{"text": "a"}\n[1]\n', "a.jsonl, line 2: expected an object an article; got list"),
        ("a.jsonl", b'{"text": ["a"]}\n', "a.jsonl, line 1: 'text' must be a string; got list"),
        ("a.jsonl", b'{"text": "\\ud83d"}\n', "article 1: 'text' holds half of a surrogate pair"),
        ("a.jsonl", b"[" * 100_000, "a.jsonl, line 1: is not JSON"),
        (
            "a.txt",
            b"It\x92s cold.\nVery.",
            "a.txt, line 1: byte 0x92 is not UTF-8; the file looks like Windows-1252",
        ),
        (
            "a.txt",
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xd8",
            "the file looks like binary data, not text",
        ),
        ("a.txt", "Hello".encode("utf-16"), "a.txt: is UTF-16; save it as UTF-8"),
        ("a.parquet", b"PAR1 no", "a.parquet: is not a readable Parquet file"),
        (
            "a.docx",
            b"",
            r"expected a folder of .txt or one of .csv, .jsonl, .parquet, .txt, .html; got '.docx'",
        ),
    ],
)
def test_errors_say_which_file_what_is_wrong_and_what_is_allowed(tmp_path, name, data, message):
    with pytest.raises(InputError, match=message):
        read_articles(write(tmp_path, name, data))


def test_column_mappings_are_checked(tmp_path):
    path = write(tmp_path, "a.csv", "text\nA\n")
    with pytest.raises(InputError, match="'headline' is no column of the contract; allowed are article_id"):
        read_articles(path, columns={"headline": "text"})
    with pytest.raises(InputError, match="no column 'source' to read as 'outlet'"):
        read_articles(path, columns={"outlet": "source"})


def test_an_empty_folder_is_said_to_be_one(tmp_path):
    with pytest.raises(InputError, match=r"no \.txt file in this folder"):
        read_articles(tmp_path)


def test_a_file_that_is_not_there_is_an_os_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_articles(tmp_path / "gone.csv")


# -- documents and the bundled corpus --------------------------------------------------------------


def test_a_title_that_heads_the_text_counts_once():
    articles = pd.DataFrame(
        {
            "article_id": ["a", "b", "c"],
            "text": ["Rain. It fell.", "It fell.", "Dry."],
            "title": ["Rain.", "Rain.", None],
        }
    )
    docs = documents(articles)
    assert docs.values.tolist() == [
        ["a", "text", "Rain. It fell."],
        ["b", "title", "Rain."],
        ["b", "text", "It fell."],
        ["c", "text", "Dry."],
    ]
    assert documents(docs) is docs


def test_the_teaching_corpus_and_its_gold_go_together():
    articles = load_corpus("teaching")
    assert [g["article_id"] for g in load_gold("teaching")] == articles["article_id"].tolist()
    assert articles.attrs["notes"] == []
    assert json.loads(articles["date"].to_json(orient="values")) == articles["date"].tolist()


def test_an_unknown_corpus_is_refused():
    with pytest.raises(ValueError, match=r"name must be one of \['teaching'\]; got 'other'"):
        load_corpus("other")
