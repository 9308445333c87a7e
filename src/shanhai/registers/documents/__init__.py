"""Documents: what kinds there are, their templates with versions, preview and files (ADR 0065)."""
