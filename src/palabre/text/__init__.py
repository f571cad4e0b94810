"""From characters to a reading: segmentation, clutter, metadata, dates, names, fingerprints. Pure functions."""
