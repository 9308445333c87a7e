"""Which records are probably one person: probabilistic record linkage after Fellegi and Sunter, by Splink.

Guarantee: the answer depends on the records and the model only, not on their order, threads or clock. A pair
is compared when one of `model.BLOCKING` brings it together; its probability is that of Bayes' rule over the
levels of agreement of name, birth, telephone, village and sex, with rarer names weighing more. It is never
above `TWIN_SHARE` where people of one family name, born on one day, differ in one differently sounding
character: such pairs are twins more often than misspellings. Nothing is decided here.

Columns of records: `linking.SCHEMA`. Telephones come as keyed hashes: equality is all that is asked of them.
"""

from .linking import LEAST, SCHEMA, TWIN_SHARE, Linked, link, train
from .model import LEVELS, Model, starting_model

__all__ = [
    "LEAST",
    "LEVELS",
    "SCHEMA",
    "TWIN_SHARE",
    "Linked",
    "Model",
    "link",
    "starting_model",
    "train",
]
