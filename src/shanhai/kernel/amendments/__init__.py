"""Amendments 更正: how a row that is verified, or reported in a locked period, is changed after all.

Somebody proposes with a reason, somebody else verifies; only then the row changes, and every figure it
touches tells by how much. Of a joint row either side proposes, and what one has verified the other
confirms. `proposing` and `deciding` are the actions, `effect` what became of the figures.
"""
