"""What can be set from outside: environment variables `PALABRE_*`, overridden by the command's options."""

from __future__ import annotations

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The settings, each with its default.

    `store`: path or URL of the database. `dossier`: the dossier to work in when several exist. `lang`: language of
    the interface, `fr` or `en`. `pipeline`: an installed spaCy pipeline to use in place of the one shipped.
    `max_bytes`: the largest file that is read. `author`: who decisions are signed by. `hosts`: names the workbench
    answers to besides those of the loopback, separated by commas.
    """

    model_config = SettingsConfigDict(env_prefix="PALABRE_", extra="ignore")

    store: str = "palabre.db"
    dossier: str | None = None
    lang: str | None = None
    pipeline: str | None = None
    max_bytes: int = 5_000_000
    author: str | None = None
    hosts: str = ""
