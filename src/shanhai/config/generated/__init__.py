"""Documents written from the declarations: `make sync` writes them, `make check` proves them fresh."""
