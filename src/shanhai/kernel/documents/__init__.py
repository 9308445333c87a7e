"""One document model and its writers: Word, PDF and page say the same words and the same figures.

`model` is what a document says and `inline` makes its lines, `bound` proves that no figure in it is unbound,
`docx`, `typst` and `page` write it, `reread` reads the figures back out of what was written, `template` fills
a Word template that a user edited.
Nothing here knows the database, a request or Django; a figure is known only by the opaque key it is bound to.
"""
