"""Meetings, visits, calls and summits: cues (`cues`), what each says (`facts`), one mention per meeting (`find`)."""

from palabre.extract.meetings.find import find_meetings

__all__ = ["find_meetings"]
