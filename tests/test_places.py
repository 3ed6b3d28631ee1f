"""Places: which words are epithets where they stand, of whom they are said, and which are none."""

from __future__ import annotations

import pytest
from reading import found, table

# --------------------------------------------------------------------------- before a name or job


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The outspoken Jane Okoro resigned.", [("outspoken", "Jane Okoro")]),
        ("Embattled Mayor Jane Okoro resigned.", [("Embattled", "Jane Okoro")]),
        ("She sacked her embattled tax-hiking Chancellor of the Exchequer.", [
            ("embattled", "Chancellor of the Exchequer"), ("tax-hiking", "Chancellor of the Exchequer")]),
        ("He met leftist Labour Party leader Keir Starmer.", [("leftist", "Keir Starmer")]),
        ("Her gaffe-prone, scandal-plagued deputy quit.", [("gaffe-prone", "deputy"), ("scandal-plagued", "deputy")]),
        ("The shameless lobby of hostile foreign intelligence agencies grew.", [
            ("shameless", "lobby of hostile foreign intelligence agencies"),
            ("hostile", "foreign intelligence agencies")]),
        ("Somali-born Ilhan Omar spoke.", [("Somali-born", "Ilhan Omar")]),
        ("The anti-gun senator from Ohio spoke.", [("anti-gun", "senator")]),
        ("Billionaire Tom Hale gave.", [("Billionaire", "Tom Hale")]),
        ("A Muslim congresswoman spoke.", [("Muslim", "congresswoman")]),
        ("The openly gay mayor spoke.", [("openly gay", "mayor")]),
        ("The convicted MP stayed.", [("convicted", "MP")]),
        ("The right-wing Heritage Foundation paid.", [("right-wing", "Heritage Foundation")]),
        ("The boring and sedate party leader Ann Fry lost.", [("boring", "Ann Fry")]),
    ],
)  # fmt: skip
def test_premodifiers_are_one_epithet_each(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == [(*pair, "premodifier") for pair in expected]


@pytest.mark.parametrize(
    "text",
    [
        "The Conservative Party chairman resigned.",
        "Conservative MP Ann Fry and Democratic Senator Bob Hale met.",
        "Labour leader Ann Fry met the Liberal Democrats.",
        "The Freedom Caucus met the Green Party at the Independent.",
        "Crispin Blunt met Hope Hicks and Justice Thomas.",
        "The former acting chancellor met the spokesman.",
        "The embattled policy and the controversial bill passed.",
        "The hostile takeover and a brutal murder followed.",
        "British officials met the American president and a German minister.",
        "Ann Fry, 54, left.",
        "He was convicted on Monday of child sex abuse.",
        "She was accused of fraud and arrested.",
        "Smith accused Democrats of fraud.",
        "What worried President Hale was the poll.",
        "They can force Facebook to pay.",
        "The group targets police officers.",
        "The new tax was popular and the weather was nice.",
        "He lost the popular vote.",
        "She could figure it out.",
        "Police said the suspect met the victim and a witness.",
        "The All-Party Parliamentary Group on Global LGBT+ Rights met.",
        "",
    ],
)
def test_what_is_no_epithet(text: str) -> None:
    assert found(text) == []


# --------------------------------------------------------------------------- in a person's place


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Fry spoke. The leftist wept.", [("leftist", "Ann Fry")]),
        ("“No,” wrote Ann Fry. “Yes,” the long-time transgender advocate also wrote.", [
            ("long-time transgender advocate", "Ann Fry")]),
        ("They invited kooks and spendocrats.", [("kooks", "kooks"), ("spendocrats", "spendocrats")]),
        ("These Twitter-screamers never sleep.", [("Twitter-screamers", "Twitter-screamers")]),
        ("Critics called Ann Fry a hypocrite.", [("hypocrite", "Ann Fry")]),
        ("Bob Hale described Ann Fry as a fraud.", [("fraud", "Ann Fry")]),
        ("Trump critics met anti-tax activists.", [
            ("Trump critics", "Trump critics"), ("anti-tax activists", "anti-tax activists")]),
        ("The bill targets illegal immigrants.", [("illegal immigrants", "illegal immigrants")]),
        ("They despise stuffy old men.", [("stuffy old men", "old men")]),
        ("Critics of the bill and supporters of Ann Fry met.", [
            ("Critics of the bill", "Critics of the bill"), ("supporters of Ann Fry", "supporters of Ann Fry")]),
        ("Progressives hope it passes.", [("Progressives", "Progressives")]),
        ("Do conservatives want this?", [("conservatives", "conservatives")]),
        ("Far-right populist leaders such as India's Ann Fry won.", [("Far-right populist leaders", "Ann Fry")]),
        ("It hired Islamophobes, including Ann Fry.", [("Islamophobes", "Ann Fry")]),
        ("She bowed to China's dictatorship.", [("dictatorship", "China")]),
        ("She saw Ann Fry. A bomb by the Hindu fundamentalist who hid it went off.", [
            ("Hindu fundamentalist", "Hindu fundamentalist")]),
        ("Another powerful media figure fell. Ann Fry, 60, denied it.", [("powerful media figure", "Ann Fry")]),
        ("We need such paragons of virtue as Ann Fry.", [("paragons of virtue", "Ann Fry")]),
        ("They say the party is full of stuffy old men.", [("stuffy old men", "party")]),
        ("Ann Fry, who rose as one of the most shameless hypocrites, left.", [("shameless hypocrites", "Ann Fry")]),
        ("The party backed off from the far right.", [("far right", "far right")]),
    ],
)  # fmt: skip
def test_nominals_take_their_noun_phrase(text: str, expected: list[tuple[str, str]]) -> None:
    assert [row for row in found(text) if row[2] == "nominal"] == [(*pair, "nominal") for pair in expected]


@pytest.mark.parametrize(
    "text",
    ["The protesters met critics.", "Their allies and friends came.", "American allies came.",
     "The bill is one of the more liberal ever.", "It was a failure of the system.", "The racist remark hurt."],
)  # fmt: skip
def test_nouns_that_name_a_standing_need_more_to_be_epithets(text: str) -> None:
    assert found(text) == []


# --------------------------------------------------------------------------- beside a name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Fry, a hard-line conservative, won.", ("hard-line conservative", "Ann Fry")),
        ("She met Ann Fry, a conservative firebrand.", ("conservative firebrand", "Ann Fry")),
        ("He met Bob Hale (a notorious liar) again.", ("notorious liar", "Bob Hale")),
        ("A fierce critic of the mayor, Ann Fry won.", ("fierce critic of the mayor", "Ann Fry")),
        ("Ann Fry, the daughter of a poor miner, won.", ("daughter of a poor miner", "Ann Fry")),
        ("Sen. Ann Fry (R-Ohio), a hard-line conservative, won.", ("hard-line conservative", "Ann Fry")),
        ("Ann Fry — a one-time rising star — won.", ("one-time rising star", "Ann Fry")),
    ],
)
def test_appositives(text: str, expected: tuple[str, str]) -> None:
    assert found(text) == [(*expected, "appositive")]


def test_an_adjective_in_an_appositive_belongs_to_the_name() -> None:
    assert found("Rand Paul, the libertarian-leaning Kentucky senator, left.") == [
        ("libertarian-leaning", "Rand Paul", "premodifier")
    ]


# --------------------------------------------------------------------------- said of a subject


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Fry is a divisive figure.", ("divisive figure", "Ann Fry", False)),
        ("Ann Fry, who was disgraced in 2019, left.", ("disgraced", "Ann Fry", False)),
        ("Bob Hale spoke. He is no moderate.", ("moderate", "Bob Hale", True)),
        ("Ann Fry met Bob Hale. She is not corrupt.", ("corrupt", "Ann Fry", True)),
        ("Ann Fry has never been a hypocrite.", ("hypocrite", "Ann Fry", True)),
        ("Ann Fry isn't racist.", ("racist", "Ann Fry", True)),
        ("Ann Fry is widely seen as divisive.", ("divisive", "Ann Fry", False)),
        ("Ann Fry would be a useful idiot.", ("useful idiot", "Ann Fry", False)),
        ("Republicans look weak-kneed.", ("weak-kneed", "Republicans", False)),
        ("The protesters marched. They’re thugs.", ("thugs", "protesters", False)),
        ("The senators are out of touch.", ("out of touch", "senators", False)),
        ("They called Ann Fry “divisive” again.", ("divisive", "Ann Fry", False)),
        ("Ann Fry spoke. They labelled her racist.", ("racist", "Ann Fry", False)),
        ("Ann Fry was mired in scandal.", ("mired in scandal", "Ann Fry", False)),
        ("Ann Fry looked weak and wimpy.", ("weak and wimpy", "Ann Fry", False)),
        ("Polls said the party was “narrow minded,” “out of touch” and late.", None),
        ("Ann Fry lied, cheated, and is a crook.", ("crook", "Ann Fry", False)),
    ],
)
def test_predicatives_with_subject_and_negation(text: str, expected: tuple[str, str, bool]) -> None:
    rows = [tuple(r) for r in table(text)[["text", "target", "negated"]].to_numpy()]
    assert rows == (
        [expected] if expected else [(w, "party", False) for w in ("narrow minded", "out of touch")]
    )
    assert set(table(text)["form"]) == {"predicative"}


def test_a_chain_of_predicates_is_read_to_its_subject() -> None:
    said = found("Ann Fry is crude, ignorant, brutal and sexist.", "text", "target")
    assert said == [(word, "Ann Fry") for word in ("crude", "ignorant", "brutal", "sexist")]


def test_a_subject_after_a_preposition_is_no_subject() -> None:
    assert found("The trial of Ann Fry is corrupt.") == []


def test_a_predicate_takes_its_noun_phrase_but_no_office() -> None:
    assert found("Ann Fry proved to be an inept candidate.") == [
        ("inept candidate", "Ann Fry", "predicative")
    ]
    assert found("Ann Fry was an inept senator.") == [("inept", "Ann Fry", "premodifier")]
    assert found("Ann Fry, a veteran producer, left.") == [("veteran producer", "Ann Fry", "appositive")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Fry is woefully inept.", ("woefully inept", "Ann Fry")),
        ("Ann Fry is apparently inept.", ("inept", "Ann Fry")),
        ("Ann Fry was slick and effective.", ("slick and effective", "Ann Fry")),
        ("Ann Fry is highly critical of the plan.", ("highly critical of the plan", "Ann Fry")),
        ("Everyone praises Ann Fry as “indispensable” to the trust.", ("indispensable", "Ann Fry")),
        ("They saw Ann Fry's Britain as more trustworthy.", ("more trustworthy", "Britain")),
        ("They viewed Russia as the chief threat.", ("chief threat", "Russia")),
        ("They criticised Ann Fry as “extremely careless”.", ("extremely careless", "Ann Fry")),
        (
            "Ann Fry will never morph into a sane, pragmatic candidate.",
            ("sane, pragmatic candidate", "Ann Fry"),
        ),
        (
            "Ann Fry quickly reinvented herself as a critic of the very plan.",
            ("critic of the very plan", "Ann Fry"),
        ),
        ("It was Ann Fry, the former leader who became a hero.", ("hero", "Ann Fry")),
        ("Iran is corrupt.", ("corrupt", "Iran")),
        ("Ann Fry is instead the wealthy host.", ("wealthy", "Ann Fry")),
        ("Ann Fry campaigned as a firebrand.", ("firebrand", "Ann Fry")),
        ("Ann Fry poses as a reformer.", ("reformer", "Ann Fry")),
        ("Ann Fry was reputed to be unkind.", ("unkind", "Ann Fry")),
        ("Ann Fry claims to be destitute.", ("destitute", "Ann Fry")),
        ("Ann Fry's a hypocrite for it.", ("hypocrite", "Ann Fry")),
        ("Ann Fry left. “[Fry] was extremely assertive.”", ("extremely assertive", "Ann Fry")),
        (
            "Ann Fry, the most conservative Senate Democrat, left.",
            ("most conservative Senate Democrat", "Ann Fry"),
        ),
        ("Ann Fry, a banker and lifelong Democrat, left.", ("lifelong Democrat", "Ann Fry")),
        ("Iran's leftist.", ("leftist", "leftist")),
    ],
)
def test_what_is_said_of_a_person_or_country(text: str, expected: tuple[str, str]) -> None:
    assert found(text, "text", "target") == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The bills of Iran are corrupt.",
        "It lamented that the concept is partisan.",
        "People live there without this turning into a disaster.",
        "The video was, stupidly, shared by Ann Fry.",
        "Many have trusted Ann Fry for years.",
        "They planned to hack Ann Fry’s mail.",
        "The Jackson Clarion-Ledger wrote it.",
    ],
)
def test_what_is_said_of_things_or_done_is_no_epithet(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Some “experts” claimed it fell.", [("experts", "negative")]),
        ("He called them “experts” on Monday.", []),
        ("She met experts.", []),
        ("The “Experts” claimed it fell.", []),
    ],
)
def test_a_plain_noun_in_marks_of_its_own_is_disowned(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text, "text", "polarity") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iraq War veteran Ann Fry spoke.", ("Iraq War veteran", "Ann Fry")),
        ("New York billionaire Ann Fry spoke.", ("billionaire", "Ann Fry")),
        ("It won a respected U.S. pastor, Ann Fry, his freedom.", ("respected", "Ann Fry")),
        ("They met the Islamic State extremist group.", ("extremist", "Islamic State")),
        ("It hurt the incompetent Fry administration.", ("incompetent", "Fry administration")),
        ("Rand Paul and darling of the right Ben Sasse left.", ("darling of the right", "Ben Sasse")),
        (
            "Mark Hall (D-Ohio), the Senate's most forceful champion, left.",
            ("forceful champion", "Mark Hall"),
        ),
        (
            "They met Joshua Wong, one of the city’s most prominent activists.",
            ("prominent activists", "Joshua Wong"),
        ),
        ("The formidable historian of the war, Gordon Wood, spoke.", ("formidable", "Gordon Wood")),
    ],
)
def test_who_is_meant_beside_a_name(text: str, expected: tuple[str, str]) -> None:
    assert found(text, "text", "target") == [expected]


# --------------------------------------------------------------------------- kinds, polarity, rules


# --------------------------------------------------------------------------- whom the words mean


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Fry is a racist and a liar.", [("racist", "Ann Fry"), ("liar", "Ann Fry")]),
        ("Ann Fry is not just a fraud but a coward.", [("fraud", "Ann Fry"), ("coward", "Ann Fry")]),
        ("Ann Fry, a lawyer and anti-gun activist, spoke.", [("anti-gun activist", "Ann Fry")]),
        ("Ann Fry, once a rising star, fell.", [("rising star", "Ann Fry")]),
        ("Critics call companies hypocritical.", [("hypocritical", "companies")]),
        ("Ann Fry met bankers. Calling them bigots is wrong.", [("bigots", "bankers")]),
        ("The disgraced brothers, Tom Hale and Bob Hale, left.", [("disgraced", "Tom Hale and Bob Hale")]),
        ("Tom Hale and Ann Fry met. The disgraced couple left.", [("disgraced", "Tom Hale and Ann Fry")]),
        ("A disgraced man named Tom Hale left.", [("disgraced man", "Tom Hale")]),
        ("A disgraced banker was held. Tom Hale, 35, said no.", [("disgraced", "Tom Hale")]),
        ("Banker Tom Hale met Ann Fry. Fry said the disgraced banker left.", [("disgraced", "Tom Hale")]),
        ("Banker Tom Hale met Ann Fry. His disgraced banker left.", [("disgraced", "Tom Hale")]),
        ("Tom Hale met Ann Fry. These two disgraced bankers left.", [("disgraced", "Tom Hale and Ann Fry")]),
        ("Tom Hale met Ann Fry. Two disgraced bankers left.", [("disgraced", "bankers")]),
        ("It takes somebody as corrupt as Ann Fry.", [("corrupt", "Ann Fry")]),
        ("Ann Fry met a group of disgraced bankers.", [("disgraced", "bankers")]),
        (
            "Ann Fry portrayed Tom Hale as part of it. Hale is a group of disgraced bankers.",
            [("disgraced", "Tom Hale")],
        ),
        (
            "Amazon met Facebook. Facebook won. The social-media giant left.",
            [("social-media giant", "Facebook")],
        ),
        ("The social-media giant left. Facebook won.", [("social-media giant", "social-media giant")]),
        ("It made Ann Fry a hero.", [("hero", "Ann Fry")]),
        ("He attacked Ann Fry and her team as racists.", [("racists", "Ann Fry")]),
        ("Dubbed a traitor by Tom Hale, Ann Fry left.", [("traitor", "Ann Fry")]),
        ("We met lockdown proponent Ann Fry.", [("lockdown proponent", "Ann Fry")]),
        ("It hurt gay activist Ann Fry.", [("gay activist", "Ann Fry")]),
        ("Its proponent Ann Fry left.", []),
        ("Convicted activist Ann Fry left.", [("Convicted", "Ann Fry")]),
        ("He fears the liberal media, Ann Fry and the mayor.", [("liberal", "media")]),
        (
            "Conservative and liberal advocacy groups left.",
            [("Conservative", "advocacy groups"), ("liberal", "advocacy groups")],
        ),
        (
            "Conservatives left. They met conservatives.",
            [("Conservatives", "Conservatives"), ("conservatives", "conservatives")],
        ),
        ("Conservatives left. They met the Conservatives.", []),
        ("She thanked heroic health care workers.", [("heroic", "health care workers")]),
        ("Vaping advocates say no.", [("Vaping advocates", "Vaping advocates")]),
        ("He dubbed their opponents sellouts.", [("sellouts", "opponents")]),
        ("They called Ann Fry and Bob Hale liars.", [("liars", "Ann Fry and Bob Hale")]),
        ("They see the Republican Party as a threat to the nation.", [("threat", "Republican Party")]),
        ("Ann Fry (infamous former banker) left.", [("infamous", "Ann Fry")]),
        ("North Korea spoke. The isolated nation's army has left.", [("isolated", "North Korea")]),
        ("She met several black women.", [("black", "women")]),
        ("It is the work of corrupt government.", [("corrupt", "government")]),
        ("They smeared a noble gentleman like Ann Fry.", [("noble gentleman", "Ann Fry")]),
        ("For many Democrats, the corrupt bankers won.", [("corrupt", "bankers")]),
        (
            "The man who met ten people at Fort Hood said he is corrupt.",
            [("corrupt", "man who met ten people at Fort Hood")],
        ),
        ("They are a bunch of crooks.", [("bunch of crooks", "they")]),
        ("A bunch of crooks left.", [("crooks", "crooks")]),
        ("They nominated weak bankers like Ann Fry.", [("weak", "Ann Fry")]),
        ("It helped the oppressed people of Ruritania.", [("oppressed people", "people of Ruritania")]),
        ("They turned Ann Fry into a heroine.", [("heroine", "Ann Fry")]),
        ("Bo Hay met Ann Fry and came away calling her brutal.", [("brutal", "Ann Fry")]),
        ("Bo Hay met Tom Hale, the banker, and came away calling him “brutal”.", [("brutal", "Tom Hale")]),
        ("Bo Hay met Ann Fry. As a libertarian, I admire it.", [("libertarian", "I")]),
        ("Bo Hay met Ann Fry. As a libertarian, Hay admired it.", [("libertarian", "Bo Hay")]),
        ("Ann Fry left. Bo Hay met a brazen hypocrite.", [("brazen hypocrite", "brazen hypocrite")]),
        ("Ann Fry left. A film by a brazen hypocrite won.", [("brazen hypocrite", "brazen hypocrite")]),
        ("Ann Fry's very corrupt banker quit.", [("very corrupt", "banker")]),
        ("Ann Fry is the most corrupt Democrat.", [("most corrupt Democrat", "Ann Fry")]),
        ("The extremist group Friday left.", []),
        ("The crooked firm I hated left.", [("crooked", "firm")]),
        ("Facebook banned The Epoch Times, a leftist newspaper.", [("leftist newspaper", "Epoch Times")]),
        ("The left is obsessed with power.", [("left", "left"), ("obsessed with power", "left")]),
        ("Ann Fry boosts the right’s odds.", [("right’s", "right")]),
        ("The left finally began. The right was late.", [("left", "left"), ("right", "right")]),
        ("She gave women the right. He won the right and used it. He made the right call.", []),
        ("She sat on the left, to the right of him, and had the right to.", []),
        ("It was made by right-wing group Project Dawn.", [("right-wing", "Project Dawn")]),
        ("The liberal newspaper Haaretz left.", [("liberal", "Haaretz")]),
        ("Some liberal voters view her so.", [("liberal", "voters")]),
        ("They met desperate refugees.", [("desperate", "refugees")]),
        ("She has never hated refugees.", []),
        ("They keep alienating refugees.", []),
        ("Some black progressives view her so.", [("black progressives", "black progressives")]),
        ("Ann Fry poses as a moralist.", [("moralist", "Ann Fry")]),
        ("Ann Fry says that she herself is a racist.", [("racist", "Ann Fry")]),
        ("Jim Bell said Ann Fry called him a liar.", [("liar", "Jim Bell")]),
        ("The door on the right was open.", []),
        ("Conservatives hope Ann Fry wins.", [("Conservatives", "Conservatives")]),
        ("And do liberals want it?", [("liberals", "liberals")]),
        ("I'm not a fan of Ann Fry.", [("fan of Ann Fry", "I")]),
        ("I've always been a staunch reformer.", [("staunch reformer", "I")]),
    ],
)
def test_targets_by_what_stands_around(text: str, expected: list[tuple[str, str]]) -> None:
    assert [row[:2] for row in found(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Fry is a nightmare.", [("nightmare", "Ann Fry", "predicative")]),
        ("Ann Fry, the embodiment of greed, left.", [("embodiment of greed", "Ann Fry", "appositive")]),
        ("The war is a nightmare.", []),
        ("A nightmare followed.", []),
        ("The virus was a nightmare for Ann Fry.", []),
    ],
)
def test_things_describe_where_they_are_said_of_a_person(text: str, expected: list[tuple]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "I am careful, said Ann Fry.",
        "Papers critical of Ann Fry were burnt.",
        "Ann Fry told reporters yesterday. “That was a powerful, brutal sentence.”",
        "The Investigative Reporters met.",
        "Ann Fry attacked it as a disaster and Bo Hay promoted the drug as a game-changer.",
        "It guarantees fierce opposition from Ann Fry.",
        "Ann Fry felt her pain.",
        "Ann Fry spoke. What she did is unforgivable.",
        "Asking the bankers is corrupt.",
        "These phony attacks hurt Ann Fry.",
        "It was a radical change for Ann Fry.",
        "It boasts of a reckless National Council ranking.",
        "Her decision to take the drug herself is corrupt.",
        "It “forces” the agency to act.",
        "School administrators cheat.",
        "Ethical questions surrounding Ann Fry grew.",
        "She regretted hostile Fry coverage, said Ann Fry.",
        "Ann Fry rents a respectable Bo Hay film.",
    ],
)
def test_near_epithets_that_are_none(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Critics also lamented disgraced mayors.", [("disgraced", "mayors")]),
        ("Ann Fry is a liar, a bully and a fool.", [("liar", "Ann Fry"), ("bully", "Ann Fry"), ("fool", "Ann Fry")]),
        ("It was his reckless, bold strategy.", []),
        ("She won a strong majority.", []),
        ("Ann Fry loved Desperate Housewives.", []),
    ],
)  # fmt: skip
def test_lists_and_things(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text, "text", "target") == expected
