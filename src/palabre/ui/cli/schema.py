"""`palabre schema NAME`: the JSON Schema of an output."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from palabre.export.formats import SCHEMAS, json_schema
from palabre.ui.cli.session import Session


class Output(StrEnum):
    """Outputs that have a schema."""

    ANNOTATE = "annotate"
    RECONCILE = "reconcile"


assert {o.value for o in Output} == {name for name, _ in SCHEMAS}


def schema(
    context: typer.Context,
    output: Annotated[Output, typer.Argument(help="help.output", show_default=False)],
) -> None:
    """Print the JSON Schema (2020-12) of what `annotate` or `reconcile` prints."""
    session: Session = context.obj
    session.json(json_schema(output.value))
