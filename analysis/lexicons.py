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
from numpy.typing import NDArray

from . import corpus, tokens
from .patterns import expand, words_of
from .schema import POLARITIES, frame, one_of, require

FOLDER = corpus.DATA / "lexicons"
MASKS = corpus.DATA / "masks"
COLUMNS = ("pattern", "category", "polarity", "strength", "note", "source", "example", "exclusions")
"""Columns of an entry: ``strength`` 1 (slight) to 3 (strong); ``exclusions``, contexts apart by ``;``."""

NEGATIONS = (
    "not no never neither nor none nothing without hardly barely scarcely cannot "
    "isn't aren't wasn't weren't don't doesn't didn't won't wouldn't can't couldn't shouldn't hasn't haven't hadn't"
).split()
_COMMON = frozenset(
    "a an the and or but of to in on at by for from with as is are was were be been has have had it its this that "
    "these those he she they we you i his her their our my your not no so who which what all some many one more out "
    "up".split()
)
"""The commonest words: a pattern that begins with one is read from its end, to have fewer places to look at."""

Ints = NDArray[np.int64]
_AROUND = 6  # words on either side that tell Title Case from a sentence
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
    table = table.convert_dtypes().astype("str").fillna({"category": name, **_DEFAULTS})
    table = table.replace({"category": {"": name}, "polarity": {"": "neutral"}, "strength": {"": "1"}})
    table = table.reset_index(drop=True)
    _check(table, name)
    table["strength"] = table["strength"].astype("int64")
    categories = tuple(dict.fromkeys(table["category"]))
    chosen = categories if loaded is True else () if loaded is False else tuple(loaded)
    for category in chosen:
        one_of(f"loaded category of lexicon {name!r}", category, categories)
    digest = hashlib.sha256(f"{table.to_csv(index=False)}{chosen}".encode()).hexdigest()
    return Lexicon(name, title or name, table, chosen, dict(provenance or {}), digest)


def _check(table: pd.DataFrame, name: str) -> None:
    columns = (table[c] for c in ("pattern", "polarity", "strength", "exclusions"))
    for row, (pattern, polarity, strength, exclusions) in enumerate(zip(*columns, strict=True), start=2):
        try:
            one_of("polarity", polarity, POLARITIES)
            one_of("strength", strength, ("1", "2", "3"))
            for phrase in (pattern, *_phrases(exclusions)):
                expand(phrase)
        except ValueError as error:
            raise ValueError(f"lexicon {name!r}, row {row}: {error}") from None
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
    """The bundled masks, with those of a user's CSV (``pattern, category, note, source``) if there is one.

    A mask is a name or term (Conservative Party, child sex abuse) in which no lexicon's word counts.

    >>> "party" in set(load_masks().entries.category)
    True
    """
    bundled = _bundled_masks()
    if path is None:
        return bundled
    columns = ["pattern", "category", "note", "source"]
    given = _read_csv(Path(path))
    require(given, ["pattern"], name=f"masks {str(path)!r}")
    both = pd.concat([bundled.entries[columns], given], ignore_index=True)
    return lexicon("masks", both.drop_duplicates(["pattern", "category"]), title="Masks")


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
    """Patterns as states, their words as numbered keys; state 0 is where each begins.

    ``root`` is the state that each key leads to from there (0: none); ``edges`` are sorted codes
    ``state * len(root) + key`` of the others, and lead to ``targets``; ``goes_on``, the keys among them. The uses
    that end in state ``s`` are ``uses[pointer[s]:pointer[s + 1]]``. A use is an entry's row in ``entries``; a mask
    is -1; an exclusion of entry ``e`` is ``-2 - e``.
    """

    root: Ints
    edges: Ints
    targets: Ints
    goes_on: NDArray[np.bool_]
    pointer: Ints
    uses: Ints


@dataclass(frozen=True, eq=False)
class _Patterns:
    """All patterns of lexicons and masks: those read ``forward`` from their first word, and those read
    ``backward`` from their last since they begin with one of the commonest words. The first keys are
    ``NEGATIONS``."""

    keys: tuple[str, ...]
    forward: _Trie
    backward: _Trie
    entries: pd.DataFrame


@lru_cache(maxsize=8)
def _compiled(lexicons: tuple[Lexicon, ...], masks: Lexicon | None) -> _Patterns:
    entries = _entries(lexicons)
    patterns = [(pattern, row) for row, pattern in enumerate(entries["pattern"])]
    for row, exclusions in enumerate(entries["exclusions"]):
        patterns += [(phrase, -2 - row) for phrase in _phrases(exclusions)]
    patterns += [(pattern, -1) for pattern in ([] if masks is None else masks.entries["pattern"])]
    keys = {word: number for number, word in enumerate(NEGATIONS)}
    forward, backward = _Builder(), _Builder()
    for pattern, use in patterns:
        for sequence in expand(pattern):
            numbers = [keys.setdefault(word, len(keys)) for word in sequence]
            if sequence[0].lower() in _COMMON and sequence[-1].lower() not in _COMMON:
                backward.add(numbers[::-1], use)
            else:
                forward.add(numbers, use)
    return _Patterns(tuple(keys), forward.packed(len(keys)), backward.packed(len(keys)), entries)


class _Builder:
    """A trie in the making."""

    def __init__(self) -> None:
        self.children: list[dict[int, int]] = [{}]
        self.ends: list[set[int]] = [set()]

    def add(self, numbers: Sequence[int], use: int) -> None:
        state = 0
        for key in numbers:
            following = self.children[state].setdefault(key, len(self.children))
            if following == len(self.children):
                self.children.append({})
                self.ends.append(set())
            state = following
        self.ends[state].add(use)

    def packed(self, n_keys: int) -> _Trie:
        first, *others = self.children
        root, goes_on = np.zeros(n_keys, np.int64), np.zeros(n_keys, bool)
        root[list(first)] = list(first.values())
        state = np.repeat(np.arange(1, len(self.children)), [len(c) for c in others])
        key = np.array([k for c in others for k in c], np.int64)
        target = np.array([t for c in others for t in c.values()], np.int64)
        goes_on[key] = True
        edges = state * n_keys + key
        order = np.argsort(edges)
        uses = np.array([use for end in self.ends for use in sorted(end)], np.int64)
        pointer = np.cumsum([0, *map(len, self.ends)])
        return _Trie(root, edges[order], target[order], goes_on, pointer, uses)


def _entries(lexicons: Iterable[Lexicon]) -> pd.DataFrame:
    """The entries of all lexicons: ``plain`` is one word in lower case, which may be part of a name in a text."""
    parts = [x.entries.assign(lexicon=x.name, loaded=x.entries["category"].isin(x.loaded)) for x in lexicons]
    parts = parts or [pd.DataFrame(columns=[*COLUMNS, "lexicon", "loaded"])]
    entries = pd.concat(parts, ignore_index=True)
    entries["plain"] = [p == p.lower() and not set(p) & set("- *") for p in entries["pattern"]]
    return entries


def _keys_of_forms(words: tokens.Words, keys: Sequence[str]) -> tuple[Ints, Ints]:
    """The keys that each form of the batch may stand for: a pointer by form, and the keys.

    A form stands for itself in lower case, for itself with its capitals (all in capitals, for any key with a
    capital), each also without a possessive 's, and for the wildcards that it fits.
    """
    if not keys or not len(words.forms):
        return np.zeros(len(words.forms) + 1, np.int64), np.zeros(0, np.int64)
    folded = words.vocabulary.take(pa.array(words.folded))
    straight = pc.replace_substring(words.forms, "’", "'")
    capitals = [key.upper() if key != key.lower() else None for key in keys]
    pairs = _wildcards(folded, keys)
    for text, values in ((folded, keys), (straight, keys), (straight, capitals)):
        bare = pc.if_else(pc.ends_with(text, "'s"), pc.utf8_slice_codeunits(text, 0, -2), text)
        for variant in (text, bare):
            key = tokens.to_numpy(pc.fill_null(pc.index_in(variant, pa.array(values, pa.string())), -1))
            pairs.append((np.flatnonzero(key >= 0), key[key >= 0].astype(np.int64)))
    code = np.unique(np.concatenate([form * len(keys) + key for form, key in pairs]))
    form, key = np.divmod(code, len(keys))
    return np.searchsorted(form, np.arange(len(words.forms) + 1)), key


def _wildcards(folded: pa.Array, keys: Sequence[str]) -> list[tuple[Ints, Ints]]:
    """Pairs of form and key where the key is ``*word`` or ``word*``: runs of the forms in alphabetical order."""
    pairs = []
    for ending in (False, True):
        chosen = [(i, k) for i, k in enumerate(keys) if (k[0] if ending else k[-1]) == "*"]
        text = pc.utf8_reverse(folded) if ending else folded
        order = tokens.to_numpy(pc.sort_indices(text)).astype(np.int64)
        ordered = tokens.to_numpy(text.take(pa.array(order)))
        for i, key in chosen:
            start = (key[:0:-1] if ending else key[:-1]).lower()
            low, high = np.searchsorted(ordered, [start, start + "\U0010ffff"])
            pairs.append((order[low:high], np.full(high - low, i)))
    return pairs


# --- Matching --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Found:
    """Entries found in a batch of words, in order of place: ``first`` word, ``last`` word + 1, and ``entry``,
    a row of ``entries`` (those of all lexicons, with ``lexicon`` and ``loaded``); ``negated`` and ``loaded``."""

    first: Ints
    last: Ints
    entry: Ints
    negated: NDArray[np.bool_]
    loaded: NDArray[np.bool_]
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
    text = words.text[found.first]
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
    """The matching itself, on arrays: for counts, where a table of hits would cost too much.

    >>> found = find(tokens.words(tokens.encode(["Chaos, utter chaos"])), [load_lexicon("sensational")])
    >>> found.first.tolist(), found.entries["pattern"].iloc[found.entry].tolist()
    ([0, 2], ['chaos', 'chaos'])
    """
    patterns = _compiled(tuple(lexicons), masks)
    pointer, keys = _keys_of_forms(words, patterns.keys)
    first, last, use = _visible(*_uses(words, patterns, pointer, keys))
    entries = patterns.entries
    kept = ~(entries["plain"].to_numpy(bool)[use] & _is_name(words, first))
    first, last, use = first[kept], last[kept], use[kept]
    lexicon = pd.factorize(entries["lexicon"])[0]
    kept = _longest(first, last, lexicon[use])
    kept = kept[np.lexsort((use[kept], first[kept]))]
    first, last, use = first[kept], last[kept], use[kept]
    candidates = np.flatnonzero(entries["loaded"].to_numpy(bool)[use])
    loaded = np.zeros(len(use), bool)
    loaded[candidates[_longest(first[candidates], last[candidates], np.zeros(len(candidates), np.int64))]] = (
        True
    )
    return Found(first, last, use, _negated(words, first, pointer, keys), loaded, entries)


def category_counts(found: Found, words: tokens.Words) -> pd.DataFrame:
    """Hits by text and category: one row a text, one column a (lexicon, category), in the entries' order.

    >>> words = tokens.words(tokens.encode(["Chaos, utter chaos", "Calm"]))
    >>> category_counts(find(words, [load_lexicon("sensational")]), words)["sensational", "drama"].tolist()
    [2, 0]
    """
    code, labels = pd.factorize(pd.MultiIndex.from_frame(found.entries[["lexicon", "category"]]))
    n_texts = len(words.pointer) - 1
    flat = words.text[found.first].astype(np.int64) * len(labels) + code[found.entry]
    counts = np.bincount(flat, minlength=n_texts * len(labels)).reshape(n_texts, len(labels))
    return pd.DataFrame(counts, columns=labels)


def _uses(words: tokens.Words, patterns: _Patterns, pointer: Ints, keys: Ints) -> tuple[Ints, Ints, Ints]:
    """Every use of every pattern: first word, last word + 1, use."""
    first, last, use = _walk(words, patterns.forward, pointer, keys, 1)
    last_too, first_too, use_too = _walk(words, patterns.backward, pointer, keys, -1)
    joined = ((first, first_too), (last + 1, last_too + 1), (use, use_too))
    first, last, use = (np.concatenate(pair) for pair in joined)
    return first, last, use


def _walk(words: tokens.Words, trie: _Trie, pointer: Ints, keys: Ints, step: int) -> tuple[Ints, Ints, Ints]:
    """Where patterns begin and end, both words included, reading in steps of 1 or -1; and their uses.

    Only words that may begin a pattern are looked at, and followed only while the next may go on.
    """
    goes_on = _any_of(trie.goes_on[keys], pointer)
    begin = np.flatnonzero(_any_of(trie.root[keys] > 0, pointer)[words.form])
    begin, key = _spread(pointer[words.form[begin]], pointer[words.form[begin] + 1], keys, begin)
    begin, state = begin[trie.root[key] > 0], trie.root[key][trie.root[key] > 0]
    end = begin
    parts = [(begin[:0], begin[:0], begin[:0])]
    while len(begin):
        starts, ends, uses = _spread(trie.pointer[state], trie.pointer[state + 1], trie.uses, begin, end)
        parts.append((starts, ends, uses))
        at = np.clip(end + step, 0, len(words.form) - 1)
        on = words.joined[np.maximum(end, at)] & (at != end) & goes_on[words.form[at]]
        begin, end, state = begin[on], at[on], state[on]
        form = words.form[end]
        begin, end, state, key = _spread(pointer[form], pointer[form + 1], keys, begin, end, state)
        code = state * len(trie.root) + key
        edge = np.minimum(np.searchsorted(trie.edges, code), len(trie.edges) - 1)
        there = trie.edges[edge] == code
        begin, end, state = begin[there], end[there], trie.targets[edge[there]]
    begin, end, use = (np.concatenate(part) for part in zip(*parts, strict=True))
    return begin, end, use


def _any_of(flags: NDArray[np.bool_], pointer: Ints) -> NDArray[np.bool_]:
    """Whether any flag of each run is set; run ``i`` is ``flags[pointer[i]:pointer[i + 1]]``."""
    count = np.concatenate(([0], np.cumsum(flags)))
    return count[pointer[1:]] > count[pointer[:-1]]


def _spread(begin: Ints, end: Ints, values: Ints, *columns: Ints) -> tuple[Ints, ...]:
    """Each row once for every one of ``values[begin:end]``; the columns' rows, and the values last."""
    n = end - begin
    row = np.repeat(np.arange(len(n)), n)
    offset = np.arange(len(row)) - np.repeat(np.cumsum(n) - n, n)
    return (*(column[row] for column in columns), values[begin[row] + offset])


def _visible(first: Ints, last: Ints, use: Ints) -> tuple[Ints, Ints, Ints]:
    """The uses of entries that are neither inside a mask nor in or beside one of their own exclusions."""
    entry, mask, exclusion = use >= 0, use == -1, use < -1
    hidden = _covered(first[entry], last[entry], first[mask], last[mask])
    # To touch is to begin before the other ends and end after it begins; entries are kept apart by an offset.
    size = int(last.max(initial=0)) + 2
    low, high, about = first[exclusion], last[exclusion], (-2 - use[exclusion]) * size
    first, last, use = first[entry], last[entry], use[entry]
    hidden |= _covered(use * size + last, use * size + first, about + low, about + high)
    return first[~hidden], last[~hidden], use[~hidden]


def _covered(start: Ints, end: Ints, low: Ints, high: Ints) -> NDArray[np.bool_]:
    """Whether some ``[low, high]`` has ``low <= start`` and ``high >= end``."""
    if not len(low):
        return np.zeros(len(start), bool)
    order = np.argsort(low, kind="stable")
    reach = np.maximum.accumulate(high[order])
    before = np.searchsorted(low[order], start, "right") - 1
    return (before >= 0) & (reach[np.maximum(before, 0)] >= end)


def _longest(first: Ints, last: Ints, layer: Ints) -> Ints:
    """Rows to keep so that in a layer none overlap: the longest first, of equals the earliest, then the first row."""
    size = int(last.max(initial=0)) + 1
    order = np.lexsort((-last, first, layer))
    start, end = (layer * size + first)[order], (layer * size + last)[order]
    apart = np.ones(len(order), bool)  # begins after all before it have ended
    apart[1:] = start[1:] >= np.maximum.accumulate(end)[:-1]
    group = np.cumsum(apart) - 1
    crowded = np.bincount(group)[group] > 1 if len(group) else apart
    rows = np.flatnonzero(crowded)
    rows = rows[np.lexsort((order[rows], start[rows], start[rows] - end[rows]))]
    taken: set[int] = set()
    chosen = []
    for row, low, high in zip(rows.tolist(), start[rows].tolist(), end[rows].tolist(), strict=True):
        if taken.isdisjoint(range(low, high)):
            taken.update(range(low, high))
            chosen.append(row)
    return np.sort(np.concatenate((order[~crowded], order[np.array(chosen, np.int64)])))


def _is_name(words: tokens.Words, at: Ints) -> NDArray[np.bool_]:
    """Whether the words ``at`` have a capital that only a name explains.

    So it is in the middle of a clause, unless the words around are in Title Case; and where a clause begins,
    if the same text has the same form as a name elsewhere.
    """
    capital = tokens.to_numpy(pc.match_substring_regex(words.forms, r"^\p{Lu}.*\p{Ll}"))
    ordinary = tokens.to_numpy(pc.match_substring_regex(words.forms, r"^\p{Ll}{4}"))
    wanted = np.zeros(len(capital), bool)
    wanted[words.form[at]] = True
    candidates = np.flatnonzero((wanted & capital)[words.form])
    text = words.text[candidates]
    low = np.maximum(candidates - _AROUND, words.pointer[text])
    high = np.minimum(candidates + _AROUND + 1, words.pointer[text + 1])
    count = np.concatenate(([0], np.cumsum(ordinary[words.form])))
    named = candidates[words.joined[candidates] & (count[high] - count[low] > 1)]
    code = words.text.astype(np.int64) * len(capital) + words.form
    return capital[words.form[at]] & np.isin(code[at], code[named])


def _negated(words: tokens.Words, first: Ints, pointer: Ints, keys: Ints) -> NDArray[np.bool_]:
    """Whether one of the three words before, in the same clause, negates."""
    negation = _any_of(keys < len(NEGATIONS), pointer)
    negated, connected, at = np.zeros(len(first), bool), np.ones(len(first), bool), first
    for _ in range(3):
        connected = connected & words.joined[at]
        at = np.maximum(at - 1, 0)
        negated |= connected & negation[words.form[at]]
    return negated
