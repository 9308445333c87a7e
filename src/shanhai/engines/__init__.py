"""Pure computation on values and tables: no Django, no database; anyone may call, they call nobody."""
