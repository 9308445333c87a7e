"""Composition root: the only package, beside ops, that knows everything."""
