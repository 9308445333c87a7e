"""What the command line says when it cannot go on."""

from typing import IO, Any

import click


class Refusal(click.ClickException):
    """A sentence for the person at the terminal: what happened and what to do."""

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(self.format_message(), file=file, err=file is None)
