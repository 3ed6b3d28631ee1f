"""How news frames its subjects: loaded words, epithets, voices and tone, with intervals and evidence.

>>> import analysis
>>> articles = analysis.load_corpus("teaching")
>>> found = analysis.annotate(articles)
>>> table = analysis.rates(found.loaded, found.words, by=["outlet", "voice"], articles=articles)
"""

from .agreement import agreement
from .annotate import Annotations, annotate
from .bias import bias_score, driving_words
from .cards import report_card
from .comparisons import article_measures, compare, placebo, power
from .contexts import contexts
from .corpus import InputError, documents, load_corpus, load_gold, read_articles
from .epithets import epithets, explain
from .keyness import keyness, keyness_counts, keyness_placebo, keyness_power
from .labels import introductions, mirrored, never_unlabelled, only_in
from .learning import (
    lexicon_from_contrast,
    lexicon_from_labels,
    lexicon_from_seeds,
    load_learned,
    save_learned,
)
from .lexicons import Lexicon, lexicon, load_lexicon, load_lexicons, load_masks, match
from .mentions import mentions
from .partisanship import partisanship
from .rates import averaged_rates, cue_profile, drivers, means, quoted_share, rates
from .sentiment import sentiment, vader
from .shift import word_shift
from .stories import copies, without_copies
from .terms import count_terms, counts_of, occurrences
from .validation import validate_lexicon
from .voices import attributions, cues, voices

__all__ = [
    # reading
    "InputError",
    "documents",
    "load_corpus",
    "load_gold",
    "read_articles",
    # everything at once, and back to the sentences
    "Annotations",
    "annotate",
    "contexts",
    # one table at a time
    "attributions",
    "cues",
    "epithets",
    "explain",
    "match",
    "mentions",
    "sentiment",
    "vader",
    "voices",
    # lexicons
    "Lexicon",
    "lexicon",
    "load_lexicon",
    "load_lexicons",
    "load_masks",
    "report_card",
    "validate_lexicon",
    # lexicons and weights learnt from corpora
    "bias_score",
    "driving_words",
    "lexicon_from_contrast",
    "lexicon_from_labels",
    "lexicon_from_seeds",
    "load_learned",
    "save_learned",
    # questions of labels
    "introductions",
    "mirrored",
    "never_unlabelled",
    "only_in",
    # two groups compared
    "article_measures",
    "compare",
    "copies",
    "count_terms",
    "counts_of",
    "keyness",
    "keyness_counts",
    "keyness_placebo",
    "keyness_power",
    "occurrences",
    "partisanship",
    "placebo",
    "power",
    "without_copies",
    "word_shift",
    # measures
    "agreement",
    "averaged_rates",
    "cue_profile",
    "drivers",
    "means",
    "quoted_share",
    "rates",
]
