"""The register's database: documents, annotations and judgements, only added to, and the records made of them."""

from palabre.store.searching import Hit
from palabre.store.store import Finding, Found, Store, StoredMention

__all__ = ["Finding", "Found", "Hit", "Store", "StoredMention"]
