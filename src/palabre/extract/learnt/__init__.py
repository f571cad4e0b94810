"""Models learnt from passages of our own: what rules miss, and whom a promise binds. See `tools/train_*.py`."""
