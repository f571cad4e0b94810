"""Across documents: copies, same actor, same meeting, same commitment, conflicts. Pure functions."""
