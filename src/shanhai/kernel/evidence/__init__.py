"""Evidence 佐证: papers that prove rows. Stored by content once per side, sealed, reached only through a row.

`kinds` tells what a content is, `store` keeps it, `attach` ties it to rows, `pack` hands out many at once.
"""
