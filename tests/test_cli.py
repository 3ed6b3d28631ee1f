import contextlib
import json
import os
import signal
import subprocess
import sys
from itertools import pairwise

import pandas as pd
import pytest

from analysis import cli, export
from analysis.annotate import annotate
from analysis.corpus import DATA, load_corpus

TEACHING = str(DATA / "teaching" / "articles.csv")


def framing(*args, **options):
    """The installed command, as a user runs it."""
    command = [os.path.join(os.path.dirname(sys.executable), "framing"), *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf8", timeout=120, **options)


def write(folder, name, data):
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf8", "surrogatepass"))
    return path


# -- what it prints --------------------------------------------------------------------------------


def test_json_lines_of_the_bundled_corpus(capsys):
    assert cli.main(["annotate", TEACHING, "--format", "jsonl"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["article_id"] for line in lines] == load_corpus()["article_id"].tolist()


def test_the_summary_counts_what_the_tables_count(capsys):
    assert cli.main(["annotate", TEACHING]) == 0
    out = capsys.readouterr().out
    assert len(out.splitlines()) == 1 + len(load_corpus()) + 2
    header, *rows = out.splitlines()
    assert header.split() == "article_id outlet words own quoted loaded per_1000 epithets tone".split()
    found = annotate(load_corpus())
    told = found.words[found.words["voice"] != "boilerplate"].groupby("article_id")["n"].sum()
    for line, total in zip(rows, told[found.articles["article_id"]], strict=False):
        words, own, _, loaded, per_1000 = line.split()[-7:-2]
        assert int(words) == total
        assert float(per_1000) == round(1000 * int(loaded) / int(own), 1)
    assert "A count is not intent." in out


def test_two_inputs_are_one_run_and_an_id_may_stand_in_only_one(tmp_path, capsys):
    one, two = write(tmp_path, "one.txt", "It rained."), write(tmp_path, "two.txt", "It rained.")
    assert cli.main(["annotate", str(one), str(two), "--format", "jsonl"]) == 0
    assert [json.loads(line)["article_id"] for line in capsys.readouterr().out.splitlines()] == ["one", "two"]
    assert cli.main(["annotate", str(one), str(one)]) == 2
    assert "stands in articles 1 and 2; each must be unique" in capsys.readouterr().err
    (tmp_path / "other").mkdir()
    again = write(tmp_path / "other", "one.txt", "It poured.")
    assert cli.main(["annotate", str(one), str(again), "--format", "jsonl"]) == 0
    ids = [json.loads(line)["article_id"] for line in capsys.readouterr().out.splitlines()]
    assert ids == [f"{one}:one", f"{again}:one"]


def test_an_input_is_never_overwritten(tmp_path, capsys):
    path = write(tmp_path, "a.jsonl", '{"text": "It rained."}\n')
    assert cli.main(["annotate", str(path), "--format", "jsonl", "--out", str(path)]) == 2
    assert "is an input too; choose another" in capsys.readouterr().err
    assert path.read_text() == '{"text": "It rained."}\n'
    report = write(tmp_path, "outlets.csv", "text\nIt rained.\n")
    assert cli.main(["report", str(report), "--out", str(tmp_path)]) == 2
    assert report.read_text() == "text\nIt rained.\n"


def test_odd_aliases_and_masks_are_one_line(tmp_path, capsys):
    odd = write(tmp_path, "odd.csv", "name\nHope\n")
    for option in ("--aliases", "--masks"):
        assert cli.main(["annotate", TEACHING, option, str(odd)]) == 2
        said = capsys.readouterr().err.splitlines()
        assert len(said) == 1
        assert "odd.csv" in said[0]


def test_columns_lexicons_and_notes(tmp_path, capsys):
    articles = write(tmp_path, "a.csv", "id,source,body\n1,X,The flibberty mayor left.\n")
    lexicon = write(tmp_path, "mine.csv", "pattern,category,polarity\nflibberty,mine,negative\n")
    args = ["annotate", str(articles), "--columns", "article_id=id", "outlet=source", "text=body"]
    assert cli.main([*args, "--lexicon", str(lexicon), "--format", "jsonl"]) == 0
    [record] = map(json.loads, capsys.readouterr().out.splitlines())
    assert record["outlet"] == "X"
    assert [h["text"] for h in record["hits"] if h["lexicon"] == "mine"] == ["flibberty"]


def test_a_file_is_written_whole(tmp_path):
    out = tmp_path / "out.jsonl"
    assert cli.main(["annotate", TEACHING, "--format", "jsonl", "--out", str(out)]) == 0
    assert len(out.read_text(encoding="utf8").splitlines()) == len(load_corpus())
    assert [p.name for p in tmp_path.iterdir()] == ["out.jsonl"]


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_a_folder_of_tables(tmp_path, suffix):
    assert cli.main(["annotate", TEACHING, "--format", suffix, "--out", str(tmp_path / "out")]) == 0
    read = pd.read_csv if suffix == "csv" else pd.read_parquet
    assert (
        read(tmp_path / "out" / f"articles.{suffix}")["article_id"].tolist()
        == load_corpus()["article_id"].tolist()
    )


# -- pages ---------------------------------------------------------------------------------------


def test_a_page_of_chosen_articles(tmp_path, capsys):
    out = tmp_path / "page.html"
    chosen = ["--article", "levy-meridian", "--article", "levy-bulldog"]
    assert cli.main(["reader", TEACHING, *chosen, "--out", str(out)]) == 0
    assert capsys.readouterr().out == f"{out}\n"
    html = out.read_text(encoding="utf8")
    titles = load_corpus().set_index("article_id")["title"]
    assert 0 < html.index(titles["levy-meridian"][:20]) < html.index(titles["levy-bulldog"][:12])


def test_two_articles_side_by_side(tmp_path):
    out = tmp_path / "page.html"
    chosen = ["--article", "ward-fna", "--article", "ward-ledger"]
    assert cli.main(["compare", TEACHING, *chosen, "--out", str(out)]) == 0
    assert 'class="pair"' in out.read_text(encoding="utf8")


def test_a_report_of_the_bundled_corpus(tmp_path):
    assert cli.main(["report", "--out", str(tmp_path / "report")]) == 0
    assert (tmp_path / "report" / "report.html").stat().st_size > 50_000


def test_pages_of_too_many_or_unknown_articles_are_refused(tmp_path, capsys):
    out = tmp_path / "page.html"
    assert cli.main(["reader", TEACHING, "--out", str(out)]) == 2
    assert "a page holds 1 to 4; got 15" in capsys.readouterr().err
    assert cli.main(["reader", TEACHING, "--article", "none", "--out", str(out)]) == 2
    assert capsys.readouterr().err == f"framing: --article: no article 'none' in {TEACHING}\n"
    assert not out.exists()


# -- what it refuses: one clear line, exit code 2, nothing written ---------------------------------


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("empty.csv", b"", "is empty; expected a header line"),
        ("binary.txt", bytes(range(256)) * 40, "the file looks like binary data, not text"),
        ("missing.csv", b"article_id,body\n1,x\n", "no column 'text'"),
        ("surrogate.jsonl", b'{"text": "\\udc00"}\n', "half of a surrogate pair"),
        ("old.txt", b"It\x92s cold.", "looks like Windows-1252"),
        ("page.docx", b"PK", "got '.docx'"),
    ],
)
def test_bad_input_is_one_line_and_code_2(tmp_path, name, data, message):
    done = framing(
        "annotate", write(tmp_path, name, data), "--format", "jsonl", "--out", tmp_path / "out.jsonl"
    )
    assert done.returncode == 2
    assert done.stdout == ""
    [line] = done.stderr.splitlines()
    assert message in line
    assert name in line
    assert not (tmp_path / "out.jsonl").exists()


def test_what_is_not_there_or_may_not_be_read_is_one_line(tmp_path):
    done = framing("annotate", tmp_path / "gone.csv")
    assert (done.returncode, done.stderr) == (
        2,
        f"framing: {tmp_path / 'gone.csv'}: No such file or directory\n",
    )
    loop = tmp_path / "loop.txt"
    loop.symlink_to(loop)
    done = framing("annotate", loop)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_an_unreadable_directory_is_one_line(tmp_path, monkeypatch, capsys):
    # Root may read everything, so the refusal is the operating system's, simulated.
    def refuse(self):
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr("pathlib.Path.iterdir", refuse)
    assert cli.main(["annotate", str(tmp_path)]) == 2
    assert capsys.readouterr().err == f"framing: {tmp_path}: Permission denied\n"


def test_a_table_format_needs_a_folder(capsys):
    assert cli.main(["annotate", TEACHING, "--format", "csv"]) == 2
    assert capsys.readouterr().err == "framing: --format csv writes a folder: say which with --out\n"


# -- hostile text: a right result ------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n\t",
        "x" * 10_000_000,
        '"' * 100_000,
        "“" * 50_000 + "”" * 50_000,
        "(" * 50_000 + "[" * 50_000,
        "<script>alert(1)</script> <img onerror=x> {{7*7}} ${7*7}",
        "שלום \u202eabc\u202c e\u0301 \u00a0\u2028 \x00 🙂",
        "said " * 100_000,
        "Mr. " * 100_000,
        "‘" + "a’" * 50_000,
    ],
    ids=[
        "empty",
        "blank",
        "10MB",
        "quotes",
        "nested",
        "brackets",
        "html",
        "unicode",
        "cues",
        "titles",
        "apostrophes",
    ],
)
def test_hostile_text_is_annotated(tmp_path, text, capsys):
    path = write(tmp_path, "hostile.txt", text)
    assert cli.main(["annotate", str(path), "--format", "jsonl"]) == 0
    [record] = map(json.loads, capsys.readouterr().out.split("\n")[:-1])
    spans = sorted((v["start"], v["end"]) for v in record["voices"])
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert all(b <= c for (_, b), (c, _) in pairwise(spans))
    for layer in ("hits", "epithets", "mentions", "cues"):
        assert all(text[r["start"] : r["end"]] == r["text"] for r in record[layer])


# -- ends ------------------------------------------------------------------------------------------


def test_interrupted_it_says_so_and_leaves_nothing_half_written(tmp_path):
    rows = "\n".join(f"{i}," + f"The embattled mayor {i} left. " * 4000 for i in range(60))  # four batches
    path = write(tmp_path, "many.csv", f"article_id,text\n{rows}\n")
    command = [
        os.path.join(os.path.dirname(sys.executable), "framing"),
        "annotate",
        str(path),
        "--format",
        "csv",
    ]
    out = tmp_path / "out"
    running = subprocess.Popen(
        [*command, "--out", str(out)],
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(
            signal.SIGINT, signal.SIG_DFL
        ),  # ignored where tests run in the background
    )
    parts = tmp_path / "out.part"
    while not (parts.is_dir() and any(parts.iterdir())):
        assert running.poll() is None
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 130
    assert said.splitlines()[-1] == "framing: interrupted; the same command takes up where it stopped"
    assert not out.exists()


def test_an_interrupt_that_a_library_swallows_still_stops_the_work(tmp_path, capsys, monkeypatch):
    annotate_batch = export.annotate_batch

    def swallows(batch, chosen):
        with contextlib.suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        return annotate_batch(batch, chosen)

    monkeypatch.setattr(export, "annotate_batch", swallows)
    article = str(write(tmp_path, "a.txt", "It rained."))
    out = tmp_path / "out"
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        assert cli.main(["annotate", article, "--format", "csv", "--out", str(out)]) == 130
        assert not out.exists()
        monkeypatch.setattr(export, "annotate_batch", annotate_batch)
        assert cli.main(["annotate", article, "--format", "csv", "--out", str(out)]) == 0
    finally:
        signal.signal(signal.SIGINT, before)
    assert "interrupted; the same command takes up" in capsys.readouterr().err


def test_a_reader_that_leaves_early_is_no_error(tmp_path):
    command = [
        os.path.join(os.path.dirname(sys.executable), "framing"),
        "annotate",
        TEACHING,
        "--format",
        "jsonl",
    ]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    running.stdout.close()
    assert running.stderr.read() == b""
    assert running.wait(timeout=60) == 0


def test_an_output_that_cannot_be_written_and_a_name_given_twice_are_one_line(tmp_path, capsys):
    article = str(write(tmp_path, "a.txt", "It rained."))
    for out, why in ((tmp_path, "a folder; name a file"), (tmp_path / "no" / "a.html", "no such folder")):
        assert cli.main(["reader", article, "--out", str(out)]) == 2
        error = capsys.readouterr().err.strip().splitlines()
        assert len(error) == 1
        assert why in error[0]
        assert ".part" not in error[0]
    table = str(write(tmp_path, "a.csv", "a,b\nIt rained.,It poured.\n"))
    assert cli.main(["annotate", table, "--columns", "text=a", "text=b"]) == 2
    assert capsys.readouterr().err == "framing: --columns: each name once; got text=a text=b\n"
