"""What states promise: who, to whom, what, in which sector, how firmly, by when, on what condition.

`lexicon` holds the patterns; `scan`, `texts` and `lists` find words that may commit (`hits`), `parties` and `binding`
whom they bind, `scope` how far they go, `action` how they are worded; `mention` and `finder` put them
together. Nothing here follows a commitment from one text to the next.
"""

from palabre.extract.commitments.finder import Glance, find_commitments, glance, kept_and_left, left_out

__all__ = ["Glance", "find_commitments", "glance", "kept_and_left", "left_out"]
