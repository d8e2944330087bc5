"""The way of a verb to whoever decides, where that is another process: the hub in this folder, or of this building."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from mppdesk.db.home import OpenHome
from mppdesk.db.replication.stations import own_token
from mppdesk.domain.commands import Answer, Command
from mppdesk.domain.entries import Actor
from mppdesk.domain.errors import ClerkError
from mppdesk.operations.ports import Hub
from mppdesk.server import presence
from mppdesk.server.presence import Presence
from mppdesk.sync.hubs_clock import HubsClock
from mppdesk.sync.place import place_of

_FIRST_WORD_S = 3.0


class HubOfFolder:
    """The Hub port over the running hub of the same folder, which knows this computer's secrets."""

    def __init__(self, note: Presence, token: str) -> None:
        self._note = note
        self._token = token

    def ask(self, command: Command, actor: Actor) -> Answer:
        """Give the hub's answer; raises what it refused with, StorageTrouble when it does not answer."""
        from mppdesk.sync.command_messages import read_answer, write_command
        from mppdesk.sync.hub_calls import post_json

        message = {**write_command(command), "actor": {"user": actor.user, "via": actor.via}}
        url = f"{self._note.url}/v1/commands"
        return read_answer(post_json(url, message, token=self._token, authority=self._note.authority))


def hub_of(home: OpenHome, note: Presence) -> Hub:
    """The running hub of an open folder."""
    return HubOfFolder(note, token_here(home))


def token_here(home: OpenHome) -> str:
    """The token of this folder's own verbs at a hub: that of the station it joined as, or of the site's first hub."""
    place = place_of(home)
    return place.welcome.token if place else own_token(home.secrets.search, home.setting("device_id") or "")


def running_here(folder: Path) -> Presence | None:
    """The hub that runs in a folder; None without a note, or when nobody answers where the note says."""
    note = presence.found(folder)
    if note is None:
        return None
    from mppdesk.sync.hub_calls import get_json

    try:
        get_json(f"{note.url}/health", authority=note.authority)
    except ClerkError:
        return None
    return note


@contextmanager
def way_to_hub(home: OpenHome, clock: HubsClock) -> Iterator[Hub | None]:
    """The hub of the building, for the folder of a station; None where this process decides.

    `clock` is the one by which the folder was opened. Waits a moment for the first exchange, so that the verb sees what
    happened elsewhere.
    """
    place = place_of(home)
    if place is None:
        yield None
        return
    from mppdesk.sync.station import linked

    heard = Event()
    with linked(home, place, random.random, clock, heard.set) as link:
        heard.wait(_FIRST_WORD_S)
        yield link.hub
