"""Matching 供需匹配: workers to job orders with seats, so that the total score is greatest, with its proof.

Guarantee: `solve` says. Explanation: `terms` of a pair, `limits` it breaks, `changes` that would matter.
"""

from .certificate import Certificate, Unlawful, certify, pair_scores
from .changes import order_variants, worker_variants
from .problem import NEVER, SCALE, Limits, Orders, Problem, Terms, Workers, limits, terms
from .solve import Matching, solve

__all__ = [
    "NEVER",
    "SCALE",
    "Certificate",
    "Limits",
    "Matching",
    "Orders",
    "Problem",
    "Terms",
    "Unlawful",
    "Workers",
    "certify",
    "limits",
    "order_variants",
    "pair_scores",
    "solve",
    "terms",
    "worker_variants",
]
