"""Documents written from the declarations, committed and proved fresh: `make sync` writes, `make check` compares."""
