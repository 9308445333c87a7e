"""Assets formed from projects: rules, actions, pages, reports, operations and their demonstration."""
