"""Calendar expressions of a text, and what they mean: EDTF values from words, the day of publication and the text.

Pure functions on (text, language, day): no document, no annotation is known here.
"""

from palabre.text.dates.find import FoundDate, find
from palabre.text.dates.values import Resolved

__all__ = ["FoundDate", "Resolved", "find"]
