"""The answer to a command line that cannot be understood: one sentence in the reader's language, and where help is.

The sentences are those of the parser of command lines, in English; the table `errors` holds their translations.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from palabre.lang.interface import Words

EXIT_USAGE = 2
_SPACE = re.compile(r"\s+")


class _Context(Protocol):
    @property
    def command_path(self) -> str: ...


@runtime_checkable
class UsageProblem(Protocol):
    """An error of the parser: what it says, and in which command, when it knows."""

    def format_message(self) -> str:
        """Return the sentence, in English."""


def complain_of_usage(problem: UsageProblem, words: Words) -> None:
    """Write on standard error what cannot be understood; no arguments at all are answered by the help itself."""
    if type(problem).__name__ == "NoArgsIsHelpError":
        return
    sentence = words.translate(_SPACE.sub(" ", problem.format_message()).strip())
    context: _Context | None = getattr(problem, "ctx", None)
    command = context.command_path if context is not None else "palabre"
    sys.stderr.write(f"palabre : {sentence}\n{words('error.usage_help', command=f'{command} --help')}\n")
