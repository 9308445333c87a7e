"""The REST API of every ledger, from the same columns, filters, actions and import plans as the pages.

Signed in by session with CSRF protection; errors are problem+json with a stable `code`, written by the same
middleware that draws the error pages.
"""
