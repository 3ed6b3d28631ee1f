"""The ``framing`` command. Results go to standard output or ``--out``, messages and progress to standard error."""

from __future__ import annotations

import argparse
import contextlib
import signal
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pandas as pd
from tqdm import tqdm

from .annotate import Annotations, Options, annotate_batch, batches, combined, options, run_record
from .cards import stated
from .corpus import COLUMNS, InputError, checked, load_corpus, read_aliases, read_articles
from .export import json_lines, whole_file, write_tables
from .lexicons import load_lexicon, load_lexicons, load_masks

FORMATS = ("table", "jsonl", "parquet", "csv")
BAD_INPUT, INTERRUPTED = 2, 130
RESUMED = "; the same command takes up where it stopped"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code: 0, 2 for bad input or options, 130 when interrupted."""
    args = _parser().parse_args(argv)
    try:
        with _interrupts_remembered():
            args.run(args)
        sys.stdout.flush()
    except (InputError, ValueError) as error:
        return _complain(str(error))
    except OSError as error:
        if isinstance(error, BrokenPipeError):  # the reader of our output has gone: nobody is left to tell
            sys.stderr.close()
            return 0
        return _complain(f"{error.filename or 'input'}: {error.strerror or error}")
    except KeyboardInterrupt:
        resumed = getattr(args, "format", "") in ("parquet", "csv")
        print("framing: interrupted" + RESUMED * resumed, file=sys.stderr)
        return INTERRUPTED
    return 0


_interrupts: list[int] = []


@contextlib.contextmanager
def _interrupts_remembered() -> Iterator[None]:
    """An interrupt that a library swallows (a callback from C may) is raised again at the next batch."""
    ours = (
        threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGINT) is signal.default_int_handler
    )
    if ours:
        signal.signal(signal.SIGINT, _interrupted)
    try:
        yield
    finally:
        if ours:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        _interrupts.clear()


def _interrupted(number: int, frame: object) -> None:
    _interrupts.append(number)
    raise KeyboardInterrupt


def _complain(message: str) -> int:
    print("framing: " + " ".join(message.split()), file=sys.stderr)
    return BAD_INPUT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="framing", description="See how news frames its subjects.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    annotating = commands.add_parser("annotate", help="voices, loaded words, epithets and tone of articles")
    annotating.add_argument(
        "inputs", nargs="+", metavar="INPUT", help=".txt, .csv, .jsonl, .parquet or a folder of .txt"
    )
    annotating.add_argument(
        "--format", choices=FORMATS, default="table", help="table: a summary to read (default)"
    )
    annotating.add_argument("--out", type=Path, help="file (table, jsonl) or folder (parquet, csv) to write")
    _add_reading(annotating)
    annotating.set_defaults(run=_annotate)

    for name, about, run in (
        ("reader", "one to four articles in colour, as one web page", _reader),
        ("compare", "two articles side by side, sentence by sentence, as one web page", _compare),
    ):
        showing = commands.add_parser(name, help=about)
        showing.add_argument(
            "inputs", nargs="+", metavar="INPUT", help="articles, or - for text pasted into standard input"
        )
        showing.add_argument(
            "--article", action="append", default=[], metavar="ID", help="only the article with this id"
        )
        showing.add_argument(
            "--blind", action="store_true", help="outlet and author hidden until the reader asks"
        )
        showing.add_argument("--out", type=Path, required=True, help="the page to write")
        _add_reading(showing)
        showing.set_defaults(run=run)

    reporting = commands.add_parser("report", help="a corpus by outlet as one web page, with its evidence")
    reporting.add_argument(
        "inputs", nargs="*", metavar="INPUT", help="articles; the bundled corpus if none is given"
    )
    reporting.add_argument("--out", type=Path, required=True, help="folder to write")
    _add_reading(reporting)
    reporting.set_defaults(run=_report)

    drawing = commands.add_parser(
        "figures", help="draw every figure of a corpus, each with its CSV and alt text"
    )
    drawing.add_argument(
        "inputs", nargs="*", metavar="INPUT", help="articles; the bundled corpus if none is given"
    )
    drawing.add_argument(
        "--out", type=Path, default=Path("figures"), help="folder to write (default: figures)"
    )
    _add_reading(drawing)
    drawing.set_defaults(run=_figures)
    return parser


def _add_reading(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--columns", nargs="+", default=[], metavar="NAME=OWN", help=f"your names for: {', '.join(COLUMNS)}"
    )
    parser.add_argument(
        "--lexicon", action="append", default=[], metavar="FILE", help="a lexicon to add (CSV)"
    )
    parser.add_argument("--masks", metavar="FILE", help="masks to add to the bundled ones (CSV)")
    parser.add_argument(
        "--aliases", metavar="FILE", help="names and the targets they stand for (CSV: alias,target)"
    )


def _articles(args: argparse.Namespace) -> pd.DataFrame:
    """The articles of all inputs as one table, its notes said on standard error."""
    columns = dict(pair.split("=", 1) for pair in args.columns if "=" in pair)
    if odd := [pair for pair in args.columns if "=" not in pair]:
        raise InputError(f"--columns: expected NAME=OWN; got {odd[0]!r}")
    if len(columns) < len(args.columns):
        raise InputError(f"--columns: each name once; got {' '.join(args.columns)}")
    if args.out is not None and any(Path(path).resolve() == args.out.resolve() for path in args.inputs):
        raise InputError(f"--out: {args.out} is an input too; choose another")
    tables = [read_articles(path, columns=columns) for path in args.inputs]
    articles = tables[0] if len(tables) == 1 else _together(tables, args.inputs)
    for note in articles.attrs["notes"]:
        print(f"framing: {note}", file=sys.stderr)
    return articles


def _together(tables: list[pd.DataFrame], inputs: Sequence[str]) -> pd.DataFrame:
    """Several inputs as one table; ids that were made up for two of them alike are told apart by the input."""
    counts = pd.concat(t["article_id"] for t in tables).value_counts()
    named = []
    for table, path in zip(tables, inputs, strict=True):
        made_up = Path(path).suffix.lower() == ".txt" or any(
            "numbered from 1" in n for n in table.attrs["notes"]
        )
        if made_up and (counts[table["article_id"]] > 1).any():
            table = table.assign(article_id=f"{path}:" + table["article_id"])
        named.append(table.drop(columns="duplicate_of"))
    articles = checked(pd.concat(named, ignore_index=True), "the inputs together")
    articles.attrs["notes"] = [note for table in tables for note in table.attrs["notes"]]
    return articles


def _options(args: argparse.Namespace) -> Options:
    lexicons = [*load_lexicons().values(), *map(load_lexicon, args.lexicon)]
    aliases = read_aliases(args.aliases) if args.aliases else None
    return options(lexicons=lexicons, masks=load_masks(args.masks), aliases=aliases)


def _progress(work: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """A bar on standard error for work of more than two seconds, where somebody watches."""
    for batch in tqdm(work, desc="annotating", unit=" batches", delay=2, disable=None, leave=False):
        yield batch
        if _interrupts:
            raise KeyboardInterrupt


def _annotate(args: argparse.Namespace) -> None:
    if args.format in ("parquet", "csv"):
        if args.out is None:
            raise InputError(f"--format {args.format} writes a folder: say which with --out")
        record = write_tables(
            _articles(args), _options(args), args.out, suffix=f".{args.format}", progress=_progress
        )
        print(f"framing: {record['n_articles']:,} articles in {args.out}", file=sys.stderr)
        return
    articles, chosen = _articles(args), _options(args)
    found = (annotate_batch(batch, chosen) for batch in _progress(batches(articles)))
    lines: Iterable[str]
    if args.format == "table":
        lines = [summary(combined(list(found), articles=articles, record=chosen.record)) + "\n"]
    else:
        lines = (line + "\n" for part in found for line in json_lines(part))
    if args.out is None:
        sys.stdout.reconfigure(encoding="utf8", newline="\n")  # type: ignore[union-attr]
        sys.stdout.writelines(lines)
    else:
        with whole_file(args.out) as file:
            file.writelines(lines)


def summary(found: Annotations) -> str:
    """One line an article: words without boilerplate, the outlet's own, the share quoted, and of the outlet's own
    words the loaded ones, epithets and tone."""
    if found.articles.empty:
        return "no articles"
    ids = found.articles.set_index("article_id")[["outlet"]]
    words = found.words.pivot_table(
        index="article_id", columns="voice", values="n", aggfunc="sum", observed=False
    )
    words = words.reindex(ids.index).fillna(0).astype(int).drop(columns="boilerplate", errors="ignore")
    own = words.get("outlet", pd.Series(0, index=ids.index))
    of_outlet = {
        n: getattr(found, n).query("voice == 'outlet'").groupby("article_id")
        for n in ("loaded", "epithets", "sentences")
    }
    loaded = of_outlet["loaded"].size().reindex(ids.index, fill_value=0)
    table = ids.assign(
        words=words.sum(axis=1),
        own=own,
        quoted=(words.get("direct", 0) / words.sum(axis=1).clip(lower=1)).map("{:.0%}".format),
        loaded=loaded,
        per_1000=(1000 * loaded / own.clip(lower=1)).round(1),
        epithets=of_outlet["epithets"].size().reindex(ids.index, fill_value=0),
        tone=of_outlet["sentences"]["compound"].mean().reindex(ids.index).round(2),
    )
    note = "loaded, per_1000, epithets and tone: the outlet's own words only. A count is not intent."
    note = "\n".join([note, *stated(found.record)])
    return table.reset_index().to_string(index=False, max_colwidth=40) + "\n" + note


def _chosen(args: argparse.Namespace) -> pd.DataFrame:
    """The articles of all inputs, or those that ``--article`` names, in the order named."""
    articles = _articles(args)
    if not args.article:
        return articles
    if unknown := [i for i in args.article if i not in set(articles["article_id"])]:
        raise InputError(f"--article: no article {unknown[0]!r} in {', '.join(args.inputs)}")
    return articles.set_index("article_id", drop=False).loc[args.article].reset_index(drop=True)


# Pages and figures need libraries that take long to import, and that `annotate` can do without.


def _reader(args: argparse.Namespace) -> None:
    from .reader import write_reader

    print(write_reader(_annotated(_chosen(args), _options(args)), args.out, blind=args.blind))


def _compare(args: argparse.Namespace) -> None:
    from .side_by_side import write_side_by_side

    print(write_side_by_side(_annotated(_chosen(args), _options(args)), args.out, blind=args.blind))


def _report(args: argparse.Namespace) -> None:
    from .report import report

    articles, chosen = _articles_or_bundled(args), _options(args)
    print(report(_progress(batches(articles)), chosen, args.out, record=run_record(articles, chosen)))


def _articles_or_bundled(args: argparse.Namespace) -> pd.DataFrame:
    return _articles(args) if args.inputs else load_corpus("teaching")


def _annotated(articles: pd.DataFrame, chosen: Options) -> Annotations:
    parts = [annotate_batch(batch, chosen) for batch in _progress(batches(articles))]
    return combined(parts, articles=articles, record=run_record(articles, chosen))


def _figures(args: argparse.Namespace) -> None:
    from .figures import draw_all, reliability, save

    for path in draw_all(_annotated(_articles_or_bundled(args), _options(args)), args.out):
        print(path)
    if not args.inputs:  # what was measured on published data is no figure of a user's corpus
        print(save(reliability(), args.out))


if __name__ == "__main__":
    sys.exit(main())
