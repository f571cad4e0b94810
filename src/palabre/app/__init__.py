"""The use cases: what a command or a page asks for, in terms of sources, extraction, store and register."""
