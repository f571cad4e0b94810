"""The command line's entry point: global options, the list of commands, errors and exit statuses.

Exit status: 0 all done, 1 nothing could be done, 2 the command was not well typed, 3 done with something left out,
130 interrupted. Each command is a file of this folder; `COMMANDS` lists them.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer

from palabre import __version__
from palabre.errors import PalabreError
from palabre.lang.interface import Words
from palabre.ui.cli.session import EXIT_ERROR, EXIT_INTERRUPTED, interface_language, open_session
from palabre.ui.cli.usage import EXIT_USAGE, UsageProblem, complain_of_usage
from palabre.ui.sentences import sentence_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

COMMANDS: tuple[str, ...] = (
    "init",
    "add",
    "status",
    "register",
    "show",
    "search",
    "meetings",
    "conflicts",
    "timeline",
    "coverage",
    "statements",
    "sources",
    "calendar",
    "todo",
    "judge",
    "report",
    "doctor",
    "annotate",
    "reconcile",
    "explain",
    "schema",
    "serve",
    "user",
    "demo",
)
"""Every command in the order `--help` shows them: the function of that name in the file of that name."""

TOUR = "demo"
"""The command that runs others, and so needs them all."""

HELP_OPTIONS = ["-h", "--help"]

GLOBAL_OPTIONS = ("--store", "--dossier", "-d", "--lang")
"""Options of the whole program; they may stand anywhere on the line."""


def _tell_version(asked: bool) -> None:
    # Eager: it answers before anything is opened, and where no command is given.
    if asked:
        typer.echo(f"palabre {__version__}")
        raise typer.Exit


def _root(
    context: typer.Context,
    store: Annotated[str | None, typer.Option("--store", metavar="FILE", help="help.store")] = None,
    dossier: Annotated[str | None, typer.Option("--dossier", "-d", metavar="NAME", help="help.dossier")] = None,
    lang: Annotated[str | None, typer.Option("--lang", metavar="fr|en", help="help.lang")] = None,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_tell_version, help="help.version")
    ] = False,
) -> None:
    del version
    context.obj = open_session(store, dossier, interface_language(lang, os.environ))


def build(words: Words, commands: Sequence[str] = COMMANDS) -> typer.Typer:
    """Return the program, with these of its commands only, and its help in the given language."""
    app = typer.Typer(
        name="palabre",
        help=words("help.program"),
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
        context_settings={"help_option_names": HELP_OPTIONS},
    )
    app.callback()(_root)
    for name in commands:
        # What one command needs may take a second to import: the others do without it.
        function: Callable[..., None] = getattr(import_module(f"palabre.ui.cli.{name}"), name)
        app.command(name, help=words(f"help.{name}"))(function)
    return app


def localised(words: Words, commands: Sequence[str] = COMMANDS) -> typer.core.TyperGroup:
    """Return the tree of these commands with each option's help key replaced by its words."""
    tree = typer.main.get_command(build(words, commands))
    assert isinstance(tree, typer.core.TyperGroup)
    for name, command in (("palabre", tree), *tree.commands.items()):
        context = command.make_context(name, [], resilient_parsing=True, help_option_names=HELP_OPTIONS)
        help_option = command.get_help_option(context)
        if help_option is not None:
            help_option.help = words("help.help")
        for parameter in command.params:
            text = getattr(parameter, "help", None)
            if text and text.startswith("help."):
                setattr(parameter, "help", words(text))  # noqa: B010 (the attribute is not on the base class)
    return tree


def name_panels(words: Words) -> None:
    """Put words in place of the titles that the library gives to the parts of a help page."""
    # It draws them with what renders Markdown, which takes as long to import as all the rest of a command line.
    from typer import rich_utils

    rich_utils.ARGUMENTS_PANEL_TITLE = words("panel.arguments")
    rich_utils.OPTIONS_PANEL_TITLE = words("panel.options")
    rich_utils.COMMANDS_PANEL_TITLE = words("panel.commands")
    rich_utils.DEFAULT_STRING = words("panel.default")
    rich_utils.REQUIRED_LONG_STRING = words("panel.required")


def global_first(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with the global options (and their values) moved to the front."""
    front: list[str] = []
    rest: list[str] = []
    waiting = list(arguments)
    while waiting:
        argument = waiting.pop(0)
        if argument == "--":
            rest += [argument, *waiting]
            break
        name, equals, _ = argument.partition("=")
        if name not in GLOBAL_OPTIONS:
            rest.append(argument)
        elif equals or not waiting:
            front.append(argument)
        else:
            front += [argument, waiting.pop(0)]
    return front + rest


def asked_language(arguments: Sequence[str]) -> str | None:
    """Return the value of `--lang` among the arguments, or None."""
    for i, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return argument.partition("=")[2]
        if argument == "--lang" and i + 1 < len(arguments):
            return arguments[i + 1]
    return None


def asked_commands(arguments: Sequence[str]) -> tuple[str, ...]:
    """Return the one command that arguments (global options first) name; all for help, the tour, what is not plain."""
    waiting = iter(arguments)
    for argument in waiting:
        if argument in COMMANDS:
            return COMMANDS if argument == TOUR else (argument,)
        if argument in GLOBAL_OPTIONS:
            next(waiting, None)
        elif not argument.startswith(tuple(f"{option}=" for option in GLOBAL_OPTIONS)):
            break
    return COMMANDS


def run(arguments: Sequence[str] | None = None) -> None:
    """Run the program and exit with its status."""
    given = global_first(sys.argv[1:] if arguments is None else arguments)
    words = Words(interface_language(asked_language(given), os.environ))
    commands = asked_commands(given)
    if commands is COMMANDS or not set(given).isdisjoint(HELP_OPTIONS):
        name_panels(words)
    try:
        status = localised(words, commands).main(args=given, prog_name="palabre", standalone_mode=False)
    except PalabreError as error:
        _complain(sentence_of(error, words))
        sys.exit(EXIT_ERROR)
    except typer.Exit as leave:
        sys.exit(leave.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        _complain(words("error.interrupted"))
        sys.exit(EXIT_INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output (`| head`) has gone: leave without a word, as other tools do.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(EXIT_ERROR)
    except Exception as error:
        if not isinstance(error, UsageProblem):
            raise
        complain_of_usage(error, words)
        sys.exit(getattr(error, "exit_code", EXIT_USAGE))
    sys.exit(status if isinstance(status, int) else 0)


def _complain(message: str) -> None:
    sys.stderr.write(f"palabre : {message}\n" if message else "")
