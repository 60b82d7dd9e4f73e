"""The words of the screens, from the catalogues that the program itself uses: tests look for what people read."""

from __future__ import annotations

import functools
import json

from simulator import REPOSITORY

LOCALES = REPOSITORY / "Sources" / "DeskWeb" / "Resources" / "Locales"


@functools.cache
def catalogue(language: str) -> dict[str, str]:
    return json.loads((LOCALES / f"{language}.json").read_text())


def say(key: str, language: str = "es", **values: str) -> str:
    """The words under a key, with its placeholders filled."""
    return catalogue(language)[key].format(**values)
