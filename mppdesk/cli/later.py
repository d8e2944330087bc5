"""Verbs whose modules are imported when they run, so that the first window waits for no SQL and no grammar."""

from argparse import Namespace
from collections.abc import Callable
from importlib import import_module
from typing import Any

Run = Callable[..., int]


def later(module: str, name: str) -> Run:
    """The function `name` of `mppdesk.cli.<module>`, imported at its first call."""

    def run(arguments: Namespace, output: Any) -> int:
        verb: Run = getattr(import_module(f"mppdesk.cli.{module}"), name)
        return verb(arguments, output)

    return run


def without_a_verb() -> Namespace:
    """What a start without words asks for: the desktop on this user's own folder."""
    return Namespace(run=later("windows", "desktop"), data=None, json=False)
