"""Language packs, data first: a pack is a folder of TOML tables that `pack.py` loads. No rule is code here."""
