"""The second wall: row level security, generated from the same grants as `scope` (ADR 0020)."""
