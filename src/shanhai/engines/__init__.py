"""Pure computation on values, arrays and tables: no Django, no database; anyone may call, they call nobody."""
