"""Records, follow-up, sessions and hosts: the typed content of each view. Pure functions."""
