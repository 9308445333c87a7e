"""Lints of our own over the source: `python -m tools.lint` runs them, a test holds the code to them."""
