"""The history of the schema, run by `opening.py`; each step works on its own, whatever the code has become since."""
