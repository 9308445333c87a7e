"""Lists that somebody named: kept per user, shared with a unit or side, never wider than one's scope."""
