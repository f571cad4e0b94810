"""Where documents, annotations and judgements are kept: one schema, migrations, full-text search."""
