"""What the operator's machines read, nothing of it about people: figures for Prometheus, logs (ADR 0031).

Names, values of fields, what was typed or searched for, parameters of statements, texts of exceptions never
come here: routes, kinds, states, numbers and seconds do.
"""
