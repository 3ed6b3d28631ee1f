"""The notation of lexicon patterns: one pattern -> the sequences of words that it matches.

============  ==========================================================================
``word``      that word, in capitals or not
``Word``      a capital in the pattern must stand in the text (``Word``, ``WORD``, not ``word``)
``slam/v``    a verb: slam, slams, slammed, slamming
``regime/n``  a noun: regime, regimes
``vile/a``    an adjective: vile, viler, vilest, vilely
``far-right``  far-right or far right
``*-hating``  any word that ends so; ``anti-*`` any that begins so
``one's``     my, your, his, her, its, our, their
============  ==========================================================================

Patterns are spelt the British way and match American spelling too (*demonise*: demonize).
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product

_ELEMENT = re.compile(r"(\*-?)?([^\W_]+(?:[-'][^\W_]+)*)(-?\*)?(?:/([vna]))?")
_POSSESSIVES = ("my", "your", "his", "her", "its", "our", "their", "one's")
_GRAMMAR = frozenset("be been could has have is may might must should so to was were would".split())
"""Words of which ``would-be`` and ``has-been`` are made: without the hyphen these are plain grammar."""
_MOST = 2000  # sequences a pattern may stand for

_IRREGULAR_VERBS = {
    line.split()[0]: tuple(line.split())
    for line in """
    be am is are was were being been
    bear bears bore borne bearing
    beat beats beaten beating
    become becomes became becoming
    begin begins began begun beginning
    bend bends bent bending
    bind binds bound binding
    bite bites bit bitten biting
    bleed bleeds bled bleeding
    blow blows blew blown blowing
    break breaks broke broken breaking
    breed breeds bred breeding
    bring brings brought bringing
    burn burns burned burnt burning
    burst bursts bursting
    buy buys bought buying
    cast casts casting
    catch catches caught catching
    choose chooses chose chosen choosing
    cling clings clung clinging
    come comes came coming
    creep creeps crept creeping
    cut cuts cutting
    deal deals dealt dealing
    dig digs dug digging
    do does did done doing
    draw draws drew drawn drawing
    drink drinks drank drunk drinking
    drive drives drove driven driving
    eat eats ate eaten eating
    fall falls fell fallen falling
    feed feeds fed feeding
    feel feels felt feeling
    fight fights fought fighting
    find finds found finding
    flee flees fled fleeing
    fling flings flung flinging
    fly flies flew flown flying
    forget forgets forgot forgotten forgetting
    get gets got gotten getting
    give gives gave given giving
    go goes went gone going
    grind grinds ground grinding
    grow grows grew grown growing
    hang hangs hung hanged hanging
    have has had having
    hit hits hitting
    hold holds held holding
    keep keeps kept keeping
    know knows knew known knowing
    lay lays laid laying
    lead leads led leading
    leap leaps leapt leaped leaping
    leave leaves left leaving
    let lets letting
    lie lies lied lying
    lose loses lost losing
    make makes made making
    meet meets met meeting
    pay pays paid paying
    put puts putting
    rend rends rent rending
    ride rides rode ridden riding
    ring rings rang rung ringing
    rise rises rose risen rising
    run runs ran running
    say says said saying
    see sees saw seen seeing
    seek seeks sought seeking
    sell sells sold selling
    send sends sent sending
    set sets setting
    shake shakes shook shaken shaking
    shed sheds shedding
    shine shines shone shining
    shoot shoots shot shooting
    show shows showed shown showing
    sing sings sang sung singing
    sink sinks sank sunk sinking
    sit sits sat sitting
    slay slays slew slain slaying
    sleep sleeps slept sleeping
    slide slides slid sliding
    sling slings slung slinging
    speak speaks spoke spoken speaking
    speed speeds sped speeding
    spend spends spent spending
    spew spews spewed spewing
    spin spins spun spinning
    spit spits spat spitting
    split splits splitting
    spoil spoils spoiled spoilt spoiling
    spread spreads spreading
    spring springs sprang sprung springing
    stand stands stood standing
    steal steals stole stolen stealing
    stick sticks stuck sticking
    sting stings stung stinging
    stink stinks stank stunk stinking
    stride strides strode striding
    strike strikes struck stricken striking
    strive strives strove striven striving
    swear swears swore sworn swearing
    sweep sweeps swept sweeping
    swing swings swung swinging
    take takes took taken taking
    teach teaches taught teaching
    tear tears tore torn tearing
    tell tells told telling
    think thinks thought thinking
    throw throws threw thrown throwing
    thrust thrusts thrusting
    tread treads trod trodden treading
    weave weaves wove woven weaving
    weep weeps wept weeping
    win wins won winning
    wring wrings wrung wringing
    write writes wrote written writing
    """.strip().splitlines()
}
_IRREGULAR_NOUNS = {
    "crisis": "crises", "hypocrisy": "hypocrisies", "man": "men", "woman": "women", "thief": "thieves",
    "wolf": "wolves", "knife": "knives", "wife": "wives", "elf": "elves", "child": "children",
    "louse": "lice", "leaf": "leaves", "life": "lives", "person": "people", "foot": "feet", "tooth": "teeth",
    "hero": "heroes", "potato": "potatoes", "negro": "negroes", "veto": "vetoes", "echo": "echoes",
}  # fmt: skip
_AMERICAN = (
    *[
        (b, b[:-2] + "er")
        for b in ("centre", "theatre", "spectre", "sabre", "calibre", "sombre", "meagre", "lustre")
    ],
    *[(b, b.replace("ce", "se", 1)) for b in ("defence", "offence", "pretence")],
    *[("paed", "ped"), ("haem", "hem"), ("anaem", "anem"), ("manoeuvr", "maneuver"), ("foet", "fet")],
    *[
        ("sceptic", "skeptic"),
        ("grey", "gray"),
        ("mould", "mold"),
        ("programme", "program"),
        ("plough", "plow"),
    ],
    *[("judgement", "judgment"), ("cosy", "cozy"), ("skilful", "skillful"), ("wilful", "willful")],
    *[("towards", "toward"), ("arse", "ass"), ("mum", "mom"), ("cheque", "check"), ("enrol", "enroll")],
    *[("licence", "license"), ("storey", "story"), ("pyjama", "pajama"), ("gaol", "jail"), ("tyre", "tire")],
)
_ISE = re.compile(r"(?<=..[^aeiou])([iy])s(?=(?:e|es|ed|er|ers|ing|ation|ations|able)$)")
_OUR = re.compile(r"our(?=(?:s|ed|er|ers|ing|able|ite|ites|less|ful|hood|hoods|ly|ism|y|-.*)?$)")


def words_of(pattern: str) -> list[tuple[str, str]]:
    """The words of a pattern, each with its inflection (``v``, ``n``, ``a`` or none).

    Raises ``ValueError`` for anything that is not words in the notation.

    >>> words_of("spark/v fury")
    [('spark', 'v'), ('fury', '')]
    """
    parsed = []
    for element in pattern.replace("’", "'").split():
        found = _ELEMENT.fullmatch(element)
        wild = found and (found[1] or found[3])
        if not found or (found[1] and found[3]) or (wild and (found[4] or len(found[2]) < 2)):
            raise ValueError(
                f"pattern {pattern!r}: {element!r} is not a word, word/v, word/n, word/a, *word or word*"
            )
        parsed.append(((found[1] or "") + found[2] + (found[3] or ""), found[4] or ""))
    if not parsed:
        raise ValueError("a pattern needs at least one word; got an empty one")
    return parsed


@lru_cache(maxsize=2**15)
def expand(pattern: str) -> tuple[tuple[str, ...], ...]:
    """Every sequence of words that a pattern matches, in a fixed order and without repeats.

    Words without capitals stand for either case; ``*`` is left for the matcher.

    >>> expand("far-right mob/n")
    (('far-right', 'mob'), ('far-right', 'mobs'), ('far', 'right', 'mob'), ('far', 'right', 'mobs'))
    """
    choices = [_alternatives(word, inflection) for word, inflection in words_of(pattern)]
    size = 1
    for choice in choices:
        size *= len(choice)
    if size > _MOST:
        raise ValueError(
            f"pattern {pattern!r} stands for {size} sequences of words; at most {_MOST} are allowed"
        )
    return tuple(dict.fromkeys(sum(parts, ()) for parts in product(*choices)))


def _alternatives(word: str, inflection: str) -> list[tuple[str, ...]]:
    """What one word of a pattern may be in a text: each a word, or the words of a hyphenated one."""
    if word == "one's":
        return [(w,) for w in _POSSESSIVES]
    if "*" in word:
        return [(w,) for w in spellings(word)]
    forms = dict.fromkeys(s for form in inflections(word, inflection) for s in spellings(form))
    apart = [tuple(form.split("-")) for form in forms if "-" in form]
    return [(form,) for form in forms] + [parts for parts in apart if not _GRAMMAR.issuperset(parts)]


def inflections(word: str, inflection: str) -> list[str]:
    """The forms of a verb (``v``), noun (``n``) or adjective (``a``), the given one first.

    Made by rule: forms that nobody writes are made too, and find nothing.

    >>> inflections("rip", "v"), inflections("ugly", "a")
    (['rip', 'rips', 'ripped', 'ripping'], ['ugly', 'uglily', 'uglier', 'ugliest'])
    """
    rule = {"v": _verb, "n": _noun, "a": _adjective}.get(inflection)
    return list(dict.fromkeys([word, *rule(word)])) if rule else [word]


def _s(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")


def _verb(word: str) -> list[str]:
    prefix, _, last = word.rpartition("-")
    if last in _IRREGULAR_VERBS:
        return [f"{prefix}-{form}" if prefix else form for form in _IRREGULAR_VERBS[last]]
    for start in ("over", "under", "mis", "out", "with", "be", "re", "un"):
        if word.startswith(start) and word[len(start) :] in _IRREGULAR_VERBS:
            return [start + form for form in _IRREGULAR_VERBS[word[len(start) :]]]
    if word.endswith("ie"):
        stems = [(word[:-1], word[:-2] + "y")]
    elif word.endswith("e"):
        stems = [(word[:-1], word if word.endswith(("ee", "oe", "ye")) else word[:-1])]
    elif word.endswith("y") and word[-2:-1] not in "aeiou":
        stems = [(word[:-1] + "i", word)]
    else:
        stems = [(stem, stem) for stem in _doublings(word)]
    return [_s(word), *(past + "ed" for past, _ in stems), *(present + "ing" for _, present in stems)]


def _doublings(word: str) -> list[str]:
    """A verb's stem before -ed: *rip* doubles, *cancel* may, *roar* doesn't, *panic* takes a k."""
    if word.endswith("ic"):
        return [word + "k"]
    if not re.search(r"(?:^|[^aeiou]|qu)[aeiouy][bdfgklmnprstvz]$", word):
        return [word]
    several = len(re.findall(r"[aeiouy]+", word)) > 1
    return [word + word[-1], word] if several else [word + word[-1]]


def _noun(word: str) -> list[str]:
    for singular, plural in _IRREGULAR_NOUNS.items():
        if word == singular or word.endswith("-" + singular) or (singular == "man" and word.endswith("man")):
            return [word[: -len(singular)] + plural]
    return [_s(word)]


def _adjective(word: str) -> list[str]:
    if word.endswith("ic"):
        adverb = word + "ally"
    elif word.endswith("le") and word[-3:-2] not in "aeiou":
        adverb = word[:-1] + "y"
    elif word.endswith("y"):
        adverb = word[:-1] + "ily"
    elif word.endswith("ll"):
        adverb = word + "y"
    else:
        adverb = word + "ly"
    stem = word[:-1] + "i" if word.endswith("y") else word.removesuffix("e")
    if not word.endswith("y") and len(re.findall(r"[aeiouy]+", word.removesuffix("e"))) > 1:
        return [adverb]
    stem = stem + stem[-1] if re.search(r"[^aeiou][aeiou][bdgmnpt]$", word) else stem
    return [adverb, stem + "er", stem + "est"]


def spellings(word: str) -> list[str]:
    """The word as given (the British way) and as Americans spell it, where that differs.

    >>> spellings("demonised"), spellings("rumours"), spellings("promise")
    (['demonised', 'demonized'], ['rumours', 'rumors'], ['promise', 'promize'])
    """
    other = _ISE.sub(r"\1z", word)
    if len(word) > 5:
        other = _OUR.sub("or", other)
    for british, american in _AMERICAN:
        other = re.sub(rf"(?<![a-z]){british}" if len(british) < 5 else british, american, other)
    return list(dict.fromkeys([word, other]))
