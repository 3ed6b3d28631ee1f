"""Lexicons with their provenance, masks, and where their entries stand in texts.

CSV (one row an entry)  ->  Lexicon;  words of a batch + lexicons + masks  ->  hits

The entries of all lexicons and masks are one trie over words. Only the words of a batch that may begin an
entry are looked at, so that ten thousand entries cost what a hundred do.
"""

from __future__ import annotations

import hashlib
import io
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from . import corpus, tokens
from .patterns import WORD, expand, words_of
from .schema import POLARITIES, frame, one_of, require

FOLDER = corpus.DATA / "lexicons"
MASKS = corpus.DATA / "masks"
COLUMNS = ("pattern", "category", "polarity", "strength", "note", "source", "example", "exclusions")
"""Columns of an entry: ``strength`` 1 (slight) to 3 (strong); ``exclusions``, contexts apart by ``;``."""

NEGATIONS = (
    "not no never neither nor none nothing without hardly barely scarcely cannot "
    "isn't aren't wasn't weren't don't doesn't didn't won't wouldn't can't couldn't shouldn't hasn't haven't hadn't"
).split()
_DEFAULTS = {
    "polarity": "neutral",
    "strength": "1",
    "note": "",
    "source": "",
    "example": "",
    "exclusions": "",
}


@dataclass(frozen=True, eq=False)
class Lexicon:
    """A list of patterns with its provenance.

    ``entries`` has one row a (pattern, category), columns as in ``COLUMNS``. ``loaded`` names the categories
    whose hits are loaded words (empty: none). ``provenance`` holds what the register says of it: definition,
    literature, version, licence. ``sha256`` is of the entries and of ``loaded``.
    """

    name: str
    title: str
    entries: pd.DataFrame
    loaded: tuple[str, ...] = ()
    provenance: Mapping[str, str] = field(default_factory=dict)
    sha256: str = ""


Masks = Lexicon
"""Masks are read as a lexicon whose categories are the kinds of name and term: party, office, law, ..."""


def lexicon(
    name: str,
    entries: pd.DataFrame,
    *,
    title: str | None = None,
    loaded: bool | Iterable[str] = False,
    provenance: Mapping[str, str] | None = None,
) -> Lexicon:
    """A checked ``Lexicon`` from a table with ``pattern`` and, optionally, the other ``COLUMNS``.

    ``loaded``: whether its hits are loaded words, or the categories whose hits are. Raises ``ValueError``
    with the row's number for a pattern outside the notation, a polarity or strength that isn't one, and
    repeated rows.

    >>> lexicon("mine", pd.DataFrame({"pattern": ["slam/v"]}), loaded=True).entries.category.tolist()
    ['mine']
    """
    require(entries, ["pattern"], name=f"lexicon {name!r}")
    table = pd.DataFrame({"pattern": entries["pattern"], "category": entries.get("category", name)})
    for column, default in _DEFAULTS.items():
        table[column] = entries.get(column, default)
    table = table.fillna({"category": name, **_DEFAULTS}).astype("str").reset_index(drop=True)
    table = table.replace({"category": {"": name}, "polarity": {"": "neutral"}, "strength": {"": "1"}})
    _check(table, name)
    table["strength"] = table["strength"].astype("int64")
    categories = tuple(dict.fromkeys(table["category"]))
    chosen = categories if loaded is True else () if loaded is False else tuple(loaded)
    for category in chosen:
        one_of(f"loaded category of lexicon {name!r}", category, categories)
    digest = hashlib.sha256(f"{table.to_csv(index=False)}{chosen}".encode()).hexdigest()
    return Lexicon(name, title or name, table, chosen, dict(provenance or {}), digest)


def _check(table: pd.DataFrame, name: str) -> None:
    for row, entry in enumerate(table.itertuples(index=False), start=2):
        where = f"lexicon {name!r}, row {row}"
        try:
            one_of("polarity", entry.polarity, POLARITIES)
            one_of("strength", entry.strength, ("1", "2", "3"))
            for phrase in (entry.pattern, *_phrases(entry.exclusions)):
                expand(phrase)
        except ValueError as error:
            raise ValueError(f"{where}: {error}") from None
    require(table, ["pattern"], key=["pattern", "category"], name=f"lexicon {name!r}")


def _phrases(exclusions: str) -> list[str]:
    return [phrase.strip() for phrase in exclusions.split(";") if phrase.strip()]


# --- Reading ---------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def load_lexicons() -> dict[str, Lexicon]:
    """The bundled lexicons by name, in the register's order (``corpus/lexicons/lexicons.toml``).

    >>> load_lexicons()["evaluative"].title
    'Evaluative labels'
    """
    return {name: load_lexicon(name) for name in _register()}


def load_lexicon(name_or_path: str | Path, *, loaded: bool | Iterable[str] | None = None) -> Lexicon:
    """A bundled lexicon by name, or a user's from a file.

    Files: CSV with ``pattern`` and any of ``COLUMNS`` (with a ``.toml`` of the same name beside it for
    ``title``, ``loaded`` and provenance, if there is one); LIWC's ``.dic``; quanteda's ``.yml``. ``loaded``
    overrules what the file says; files that say nothing are not loaded. From ``.dic`` and ``.yml``, entries
    that hold no word (such as emoticons) are left out and counted in ``provenance["skipped"]``.

    Raises ``ValueError`` for a name or format that isn't known and for anything wrong in the file.

    >>> load_lexicon("hedges").loaded
    ()
    """
    register = _register()
    if str(name_or_path) in register:
        facts, path = register[str(name_or_path)], FOLDER / f"{name_or_path}.csv"
        return _built(str(name_or_path), _read_csv(path), facts, loaded)
    path = Path(name_or_path)
    if not path.suffix:
        raise ValueError(f"lexicon must be a file or one of {sorted(register)}; got {str(name_or_path)!r}")
    readers = {".csv": _read_csv, ".dic": _read_dic, ".yml": _read_yaml, ".yaml": _read_yaml}
    one_of(f"format of lexicon {path.name!r}", path.suffix.lower(), readers)
    entries = readers[path.suffix.lower()](path)
    facts = {"skipped": str(entries.attrs["skipped"])} if "skipped" in entries.attrs else {}
    beside = path.with_suffix(".toml")
    if beside.is_file():
        facts |= tomllib.loads(_text(beside))
    return _built(path.stem, entries, facts, loaded)


def _built(
    name: str, entries: pd.DataFrame, facts: Mapping[str, Any], loaded: bool | Iterable[str] | None
) -> Lexicon:
    chosen = facts.get("loaded", False) if loaded is None else loaded
    provenance = {key: str(value) for key, value in facts.items() if key not in ("title", "loaded")}
    return lexicon(name, entries, title=facts.get("title"), loaded=chosen, provenance=provenance)


def load_masks(path: str | Path | None = None) -> Masks:
    """The bundled masks, or a user's CSV (``pattern, category, note, source``) in their place.

    A mask is a name or term (Conservative Party, child sex abuse) in which no lexicon's word counts.

    >>> "party" in set(load_masks().entries.category)
    True
    """
    return _bundled_masks() if path is None else lexicon("masks", _read_csv(Path(path)))


@lru_cache(maxsize=1)
def _bundled_masks() -> Masks:
    files = sorted(p for p in MASKS.glob("*.csv") if p.stem != "vader_names")
    return lexicon("masks", pd.concat([_read_csv(p) for p in files], ignore_index=True), title="Masks")


@lru_cache(maxsize=1)
def _register() -> dict[str, dict[str, Any]]:
    return tomllib.loads(_text(FOLDER / "lexicons.toml"))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError(f"{path}: must be UTF-8 text; save it so and try again") from None


def _read_csv(path: Path) -> pd.DataFrame:
    try:
        return pd.read_csv(
            io.StringIO(_text(path)), dtype="str", keep_default_na=False, skip_blank_lines=True
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise ValueError(f"{path}: not a table of comma-separated values ({error})") from None


def _read_dic(path: Path) -> pd.DataFrame:
    """LIWC's format: ``%``, lines of ``number name``, ``%``, lines of ``word number number ...``."""
    parts = _text(path).split("%")
    if len(parts) < 3:
        raise ValueError(f"{path}: a .dic file begins with its categories between two lines of %")
    names = {line.split()[0]: line.split()[-1] for line in parts[1].splitlines() if line.strip()}
    rows = []
    for line in "%".join(parts[2:]).splitlines():
        numbers = [n for n in line.split() if n in names]
        words = line[: line.find(numbers[0])] if numbers else ""
        rows += [(words.strip(), names[n]) for n in numbers]
    return _foreign(rows)


def _read_yaml(path: Path) -> pd.DataFrame:
    """quanteda's format: categories (which may nest, joined by ``/``) and under each a list of patterns."""
    import yaml

    class Loader(yaml.SafeLoader):
        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(yaml.AliasEvent):  # a few lines of aliases can stand for billions of entries
                raise ValueError(f"{path}: aliases (*name) are not allowed in a lexicon")
            return super().compose_node(parent, index)

    try:
        content = yaml.load(_text(path), Loader)  # noqa: S506 (a SafeLoader)
        return _foreign(list(_leaves(content, ())))
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError(f"{path}: not YAML that can be read ({type(error).__name__})") from None


def _leaves(node: Any, keys: tuple[str, ...]) -> Iterable[tuple[str, str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _leaves(value, (*keys, str(key)))
    elif isinstance(node, list):
        for value in node:
            yield from _leaves(value, keys)
    elif node is not None:
        yield str(node), "/".join(keys) or "all"


def _foreign(rows: Sequence[tuple[str, str]]) -> pd.DataFrame:
    """Entries of another format, all in lower case (those formats ignore it); what holds no word is counted."""
    kept = [(pattern.lower(), category) for pattern, category in rows if _is_pattern(pattern)]
    table = pd.DataFrame(kept, columns=["pattern", "category"]).drop_duplicates(ignore_index=True)
    table.attrs["skipped"] = len(rows) - len(kept)
    return table


def _is_pattern(pattern: str) -> bool:
    try:
        return bool(words_of(pattern))
    except ValueError:
        return False


# --- The trie of patterns --------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class _Trie:
    """All patterns, their words as numbered keys; state 0 is where each begins.

    ``edges`` are sorted codes ``state * len(keys) + key`` that lead to ``targets``; the uses that end in state
    ``s`` are ``uses[use_pointer[s]:use_pointer[s + 1]]``. A use is an entry's number in ``entries``; a mask is
    -1; an exclusion of entry ``e`` is ``-2 - e``.
    """

    keys: pa.Array
    edges: np.ndarray
    targets: np.ndarray
    use_pointer: np.ndarray
    uses: np.ndarray
    entries: pd.DataFrame
    negations: np.ndarray


@lru_cache(maxsize=8)
def _compiled(lexicons: tuple[Lexicon, ...], masks: Lexicon | None) -> _Trie:
    parts = [x.entries.assign(lexicon=x.name, loaded=x.entries["category"].isin(x.loaded)) for x in lexicons]
    parts = parts or [pd.DataFrame(columns=[*COLUMNS, "lexicon", "loaded"])]
    entries = pd.concat(parts, ignore_index=True)
    entries["layer"] = pd.factorize(entries["lexicon"])[0]
    entries["lower"] = entries["pattern"].map(lambda p: p == p.lower() and not set(p) & set("- *"))
    keys: dict[str, int] = {word: i for i, word in enumerate(NEGATIONS)}
    children: list[dict[int, int]] = [{}]
    ends: list[list[int]] = [[]]

    def add(pattern: str, use: int) -> None:
        for sequence in expand(pattern):
            state = 0
            for word in sequence:
                key = keys.setdefault(word, len(keys))
                if key not in children[state]:
                    children[state][key] = len(children)
                    children.append({})
                    ends.append([])
                state = children[state][key]
            if use not in ends[state]:
                ends[state].append(use)

    for number, (pattern, exclusions) in enumerate(
        zip(entries["pattern"], entries["exclusions"], strict=True)
    ):
        add(pattern, number)
        for phrase in _phrases(exclusions):
            add(phrase, -2 - number)
    for pattern in [] if masks is None else masks.entries["pattern"]:
        add(pattern, -1)
    edges = np.array(
        [(s * len(keys) + k, t) for s, c in enumerate(children) for k, t in c.items()], np.int64
    ).reshape(-1, 2)
    edges = edges[np.argsort(edges[:, 0])]
    return _Trie(
        keys=pa.array(list(keys), pa.string()),
        edges=edges[:, 0],
        targets=edges[:, 1],
        use_pointer=np.cumsum([0, *map(len, ends)]),
        uses=np.array([use for uses in ends for use in uses], np.int64),
        entries=entries,
        negations=np.arange(len(NEGATIONS)),
    )


def _keys_of_forms(words: tokens.Words, trie: _Trie) -> tuple[np.ndarray, np.ndarray]:
    """The trie's keys that each form of the batch may stand for: a pointer by form, and the keys.

    A form stands for itself in lower case, for itself with its capitals (a form all in capitals for any
    capitalised key), for itself without a possessive 's, and for each wildcard that it fits.
    """
    straight = pc.replace_substring(words.forms, "’", "'")
    folded = words.vocabulary.take(pa.array(words.folded))
    keys = trie.keys.to_pylist()
    shout = pa.array([key.upper() if key != key.lower() else None for key in keys], pa.string())
    pairs = []
    for text, among in ((folded, trie.keys), (straight, trie.keys), (straight, shout)):
        bare = pc.if_else(pc.ends_with(text, "'s"), pc.utf8_slice_codeunits(text, 0, -2), text)
        for variant in (text, bare):
            found = pc.index_in(variant, value_set=among)
            pairs.append((np.arange(len(text)), pc.fill_null(found, -1).to_numpy(zero_copy_only=False)))
    pairs += _wildcards(folded, keys)
    form, key = np.concatenate([p[0] for p in pairs]), np.concatenate([p[1] for p in pairs])
    code = np.unique((form * max(len(keys), 1) + key)[key >= 0])
    form, key = np.divmod(code, max(len(keys), 1))
    return np.searchsorted(form, np.arange(len(words.forms) + 1)), key


def _wildcards(folded: pa.Array, keys: Sequence[str]) -> list[tuple[np.ndarray, np.ndarray]]:
    """Pairs of form and key where the key is ``*word`` or ``word*``."""
    pairs = []
    for at_end, wanted in ((False, "*"), (True, "*")):
        chosen = [
            (i, k) for i, k in enumerate(keys) if (k.startswith(wanted) if at_end else k.endswith(wanted))
        ]
        if not chosen:
            continue
        text = pc.utf8_reverse(folded) if at_end else folded
        order = pc.sort_indices(text).to_numpy().astype(np.int64)
        inorder = text.take(pa.array(order)).to_numpy(zero_copy_only=False)
        for i, key in chosen:
            start = (key[1:][::-1] if at_end else key[:-1]).lower()
            low, high = np.searchsorted(inorder, start), np.searchsorted(inorder, start + "\U0010ffff")
            pairs.append((order[low:high], np.full(high - low, i)))
    return pairs


# --- Matching --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Found:
    """Entries found in a batch of words, in order of place: ``first`` word, ``last`` word + 1, and ``entry``,
    a row of ``entries`` (those of all lexicons, with ``lexicon`` and ``loaded``); ``negated`` and ``loaded``."""

    first: np.ndarray
    last: np.ndarray
    entry: np.ndarray
    negated: np.ndarray
    loaded: np.ndarray
    entries: pd.DataFrame


def match(
    articles: pd.DataFrame,
    lexicons: Iterable[Lexicon] | None = None,
    *,
    masks: Masks | None = None,
) -> pd.DataFrame:
    """Where entries stand: the ``hits`` table of the contract, ``voice`` and ``speaker`` still missing.

    Further columns: ``polarity``, ``strength``, ``entry`` (the pattern), ``negated`` (*not*, *never*, ... up to
    three words before) and ``loaded``. Within a lexicon the longest entry wins and no two hits overlap; where
    loaded lexicons overlap, only the longest hit is ``loaded``, so that a word counts once. Words inside a
    mask don't count, nor does an ordinary word that its capital shows to be a name (*Mr Savage*).
    ``lexicons`` and ``masks``: the bundled ones unless given.

    >>> one = pd.DataFrame({"article_id": ["a"], "text": ["The regime's not widely condemned."]})
    >>> match(one, [lexicon("mine", pd.DataFrame({"pattern": ["condemn/v", "widely condemned"]}))])[
    ...     ["start", "end", "text", "negated"]].values.tolist()
    [[17, 33, 'widely condemned', True]]
    """
    documents = corpus.documents(articles)
    chosen = load_lexicons().values() if lexicons is None else lexicons
    words = tokens.words(tokens.encode(documents["text"]))
    return match_words(words, documents, chosen, load_masks() if masks is None else masks)


def match_words(
    words: tokens.Words, documents: pd.DataFrame, lexicons: Iterable[Lexicon], masks: Masks | None = None
) -> pd.DataFrame:
    """As ``match``, for the words of ``documents`` where they are at hand already."""
    found = find(words, lexicons, masks)
    rows = found.entries.iloc[found.entry]
    text = words.text[found.first] if len(found.first) else np.zeros(0, np.int64)
    start, end = words.start[found.first], words.end[found.last - 1]
    texts = documents["text"].tolist()
    place = documents[["article_id", "field"]].iloc[text]
    return frame(
        "hits",
        {
            "article_id": place["article_id"].to_numpy(),
            "field": place["field"].to_numpy(),
            "start": start,
            "end": end,
            "text": [
                texts[t][s:e] for t, s, e in zip(text.tolist(), start.tolist(), end.tolist(), strict=True)
            ],
            "lexicon": rows["lexicon"].to_numpy(),
            "category": rows["category"].to_numpy(),
            "polarity": rows["polarity"].to_numpy(),
            "strength": rows["strength"].to_numpy(np.int64),
            "entry": rows["pattern"].to_numpy(),
            "negated": found.negated,
            "loaded": found.loaded,
        },
    )


def find(words: tokens.Words, lexicons: Iterable[Lexicon], masks: Masks | None = None) -> Found:
    """The matching itself, on arrays: for counts, where a table of hits would cost too much."""
    trie = _compiled(tuple(lexicons), masks)
    pointer, keys = _keys_of_forms(words, trie)
    first, last, use = _walk(words, trie, pointer, keys)
    entry, excluded, masked = use >= 0, use < -1, use == -1
    hidden = _covered(first, last, first[masked], last[masked])
    size = len(words.form) + 2
    about = -2 - use[excluded]
    hidden[entry] |= _covered(
        use[entry] * size + last[entry], use[entry] * size + first[entry],
        about * size + first[excluded], about * size + last[excluded],
    )  # fmt: skip
    keep = np.flatnonzero(entry & ~hidden)
    first, last, use = first[keep], last[keep], use[keep]
    lower = trie.entries["lower"].to_numpy(bool)
    keep = ~(lower[use] & _is_name(words, first))
    first, last, use = first[keep], last[keep], use[keep]
    keep = _longest(first, last, trie.entries["layer"].to_numpy(np.int64)[use])
    order = np.lexsort((use[keep], first[keep]))
    first, last, use = first[keep][order], last[keep][order], use[keep][order]
    loaded = trie.entries["loaded"].to_numpy(bool)[use]
    among = np.flatnonzero(loaded)
    loaded[:] = False
    loaded[among[_longest(first[among], last[among], np.zeros(len(among), np.int64))]] = True
    return Found(first, last, use, _negated(words, first, trie, pointer, keys), loaded, trie.entries)


def category_counts(found: Found, words: tokens.Words, n_texts: int) -> pd.DataFrame:
    """Hits by text and category: one row a text, one column a (lexicon, category), int64 counts."""
    code, labels = pd.factorize(pd.MultiIndex.from_frame(found.entries[["lexicon", "category"]]))
    flat = words.text[found.first].astype(np.int64) * max(len(labels), 1) + code[found.entry]
    counts = np.bincount(flat, minlength=n_texts * len(labels)).reshape(n_texts, len(labels))
    return pd.DataFrame(counts, columns=labels)


def _walk(
    words: tokens.Words, trie: _Trie, pointer: np.ndarray, keys: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Every use of every pattern: first word, last word + 1, use. Only words that may begin one are looked at."""
    begins = np.zeros(len(trie.keys) + 1, bool)
    begins[trie.edges[trie.edges < len(trie.keys)]] = True
    form_begins = (
        np.add.reduceat(np.append(begins[keys], False), pointer[:-1], dtype=np.int64) > 0
        if len(keys)
        else np.zeros(len(pointer) - 1, bool)
    )
    form_begins &= np.diff(pointer) > 0
    first = np.flatnonzero(form_begins[words.form])
    state, last = np.zeros(len(first), np.int64), first.copy()
    parts: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
    while len(first):
        form = words.form[last]
        first, last, state, key = _spread(pointer[form], pointer[form + 1], keys, first, last, state)
        code = state * len(trie.keys) + key
        at = np.minimum(np.searchsorted(trie.edges, code), len(trie.edges) - 1)
        there = trie.edges[at] == code
        first, last, state = first[there], last[there] + 1, trie.targets[at[there]]
        begin, end = trie.use_pointer[state], trie.use_pointer[state + 1]
        parts.append(_spread(begin, end, trie.uses, first, last)[:3])
        on = last < len(words.form)
        on[on] = words.joined[last[on]]
        first, last, state = first[on], last[on], state[on]
    if not parts:
        return (np.zeros(0, np.int64),) * 3
    first, last, use = (np.concatenate([p[i] for p in parts]) for i in range(3))
    return first, last, use


def _spread(
    begin: np.ndarray, end: np.ndarray, values: np.ndarray, *columns: np.ndarray
) -> tuple[np.ndarray, ...]:
    """Each row once for every value between ``begin`` and ``end``; the values last."""
    n = end - begin
    row = np.repeat(np.arange(len(n)), n)
    offset = np.arange(len(row)) - np.repeat(np.cumsum(n) - n, n)
    return (*(column[row] for column in columns), values[begin[row] + offset])


def _covered(start: np.ndarray, end: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Whether some ``[low, high)`` has ``low <= start`` and ``high >= end``."""
    if not len(low):
        return np.zeros(len(start), bool)
    order = np.argsort(low, kind="stable")
    reach = np.maximum.accumulate(high[order])
    at = np.searchsorted(low[order], start, "right") - 1
    return (at >= 0) & (reach[np.maximum(at, 0)] >= end)


def _longest(first: np.ndarray, last: np.ndarray, layer: np.ndarray) -> np.ndarray:
    """Indices of hits to keep so that in a layer none overlap: the longest first, then the earliest."""
    size = int(last.max(initial=0)) + 1
    order = np.lexsort((-last, first, layer))
    start, end = (layer * size + first)[order], (layer * size + last)[order]
    reach = np.maximum.accumulate(end)
    alone = np.ones(len(order) + 1, bool)
    alone[1:-1] = start[1:] >= reach[:-1]  # no overlap with any before it
    group = np.cumsum(alone[:-1]) - 1
    crowded = np.bincount(group, minlength=1)[group] > 1
    keep = [order[~crowded]]
    taken: set[int] = set()
    rows = np.flatnonzero(crowded)
    rows = rows[np.lexsort((start[rows], start[rows] - end[rows]))]
    chosen = []
    for row, low, high in zip(rows.tolist(), start[rows].tolist(), end[rows].tolist(), strict=True):
        if taken.isdisjoint(range(low, high)):
            taken.update(range(low, high))
            chosen.append(row)
    keep.append(order[np.array(chosen, np.int64)])
    return np.sort(np.concatenate(keep))


def _is_name(words: tokens.Words, at: np.ndarray) -> np.ndarray:
    """Whether the words ``at`` have a capital that only a name explains.

    So it is in the middle of a clause, unless the words around are in Title Case; and where a clause begins,
    if the same text has the same form as a name elsewhere.
    """
    capital = pc.match_substring_regex(words.forms, r"^\p{Lu}.*\p{Ll}").to_numpy(zero_copy_only=False)
    small = pc.match_substring_regex(words.forms, r"^\p{Ll}{4}").to_numpy(zero_copy_only=False)
    wanted = np.zeros(len(capital), bool)
    wanted[words.form[at]] = True
    candidates = np.flatnonzero((wanted & capital)[words.form])
    ordinary = np.cumsum(np.append(0, small[words.form]))
    low, high = np.maximum(candidates - 6, 0), np.minimum(candidates + 7, len(words.form))
    sure = words.joined[candidates] & (ordinary[high] - ordinary[low] > 1)
    code = words.text.astype(np.int64) * len(capital) + words.form
    return capital[words.form[at]] & np.isin(code[at], code[candidates[sure]])


def _negated(
    words: tokens.Words, first: np.ndarray, trie: _Trie, pointer: np.ndarray, keys: np.ndarray
) -> np.ndarray:
    """Whether one of the three words before, in the same clause, negates."""
    count = np.cumsum(np.append(0, keys < len(trie.negations)))
    negation = (count[pointer[1:]] - count[pointer[:-1]]) > 0
    negated, at = np.zeros(len(first), bool), first
    connected = np.ones(len(first), bool)
    for _ in range(3):
        connected &= words.joined[at]
        at = np.maximum(at - 1, 0)
        negated |= connected & negation[words.form[at]]
    return negated
