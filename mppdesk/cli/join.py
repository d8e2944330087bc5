"""`mppdesk join`: this computer becomes a station of a building, by a code from its supervisor."""

import sys
from argparse import Namespace

from mppdesk.app import usual_windows
from mppdesk.cli.folders import data_folder
from mppdesk.cli.output import DONE, Output
from mppdesk.db import home as homes
from mppdesk.db.home import SystemClock
from mppdesk.db.identity import RandomIds
from mppdesk.domain.errors import NotAllowed
from mppdesk.sync.authority import fetch_authority, fingerprint_of, hub_url, require_fingerprint
from mppdesk.sync.joining import join as join_building
from mppdesk.sync.place import StationPlace
from mppdesk.texts import msg

_YES = ("y", "ya")


def join(arguments: Namespace, output: Output) -> int:
    """Compare the hub's certificate, enrol with the code, and fill a new folder from the hub."""
    home, url = data_folder(arguments), hub_url(arguments.hub)
    homes.require_free(home)
    authority = fetch_authority(url)
    if authority is not None:
        _believe(authority, arguments.fingerprint, output)
    place = join_building(home, url, arguments.code, SystemClock(), RandomIds(), authority=authority)
    usual_windows.keep(home, usual_windows.windows_of(place.welcome.role))
    _say_joined(place, output)
    return DONE


def _believe(authority: bytes, typed: str | None, output: Output) -> None:
    """Compare with the fingerprint that was typed; without one the person at the keyboard looks for herself."""
    if typed is not None:
        require_fingerprint(authority, typed)
        return
    output.warn(msg("Sidik jari hub: {mark}", mark=fingerprint_of(authority)))
    if not sys.stdin.isatty():
        output.warn(msg("Sidik jari ini tidak dibandingkan; lain kali sertakan --fingerprint dari layar hub."))
        return
    output.warn(msg("Samakah dengan yang ditampilkan mppdesk hub enrol di komputer hub? Ketik ya bila sama."))
    if sys.stdin.readline().strip().casefold() not in _YES:
        raise NotAllowed(
            msg("Sidik jari hub tidak diterima. Kode tidak dikirim, tidak ada yang dibuat."),
            msg("Periksa alamat hub, lalu ulangi dengan kode yang sama."),
        )


def _say_joined(place: StationPlace, output: Output) -> None:
    welcome = place.welcome
    output.say(msg("{label} terdaftar di {site}.", label=welcome.label, site=welcome.site_name))
    if usual_windows.windows_of(welcome.role).show:
        output.say(msg("Lanjutkan: mppdesk membuka layarnya sendiri."))
    else:
        output.say(msg("Lanjutkan: mppdesk, lalu masuk seperti di komputer hub."))
    output.result(
        {
            "station": {"label": welcome.label, "role": welcome.role, "issuer_no": welcome.issuer_no},
            "site": {"id": welcome.site_id, "name": welcome.site_name},
            "hub": place.url,
        }
    )
