"""The data model: frozen dataclasses, dates, spans and content-hash ids. No I/O, no other room is imported here."""
