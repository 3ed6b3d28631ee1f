"""How news frames its subjects: loaded words, epithets, voices and tone, with intervals and evidence.

>>> import analysis
>>> articles = analysis.load_corpus("teaching")
>>> found = analysis.annotate(articles)
>>> table = analysis.rates(found.loaded, found.words, by=["outlet", "voice"], articles=articles)
"""

from .annotate import Annotations, annotate
from .contexts import contexts
from .corpus import InputError, documents, load_corpus, load_gold, read_articles
from .epithets import epithets
from .lexicons import Lexicon, lexicon, load_lexicon, load_lexicons, load_masks, match
from .mentions import mentions
from .rates import averaged_rates, cue_profile, drivers, means, quoted_share, rates
from .sentiment import sentiment, vader
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
    # measures
    "averaged_rates",
    "cue_profile",
    "drivers",
    "means",
    "quoted_share",
    "rates",
]
