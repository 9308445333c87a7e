"""The way in by a government's single sign-on, OpenID Connect (ADR 0032).

`providers` reads what the operator wrote down, `protocol` speaks with a provider and proves what it says,
`adapter` judges who that is here, `pages` are the addresses, `links` are whom the providers know.
"""
