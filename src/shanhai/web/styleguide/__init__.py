"""The gallery at /styleguide/: every component in every state, and every kernel page, on sample data.

It is the visual test of the front end and the place to look before writing a template. It knows no model: the
samples are written here, and every page says that they are samples.
"""
