"""`mppdesk central`: serve the journals of many sites from one PostgreSQL, register sites, look after its keys."""

import os
import re
import secrets
import socket
import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mppdesk.cli.output import DONE, Output
from mppdesk.cli.sync import told_trouble, trouble_row
from mppdesk.db.central import epoch as central_epoch
from mppdesk.db.central import schema as central_schema
from mppdesk.db.central import wrapping_source
from mppdesk.db.central.database import PostgresDatabase, require_address
from mppdesk.db.central.rewrapping import require_known, rewrap
from mppdesk.db.central.sites import CentralSite, all_sites, register, site_of
from mppdesk.db.replication import arrivals, troubles
from mppdesk.domain.errors import BadInput, Refused
from mppdesk.server.central import make_central_app, new_epoch, running_centre
from mppdesk.server.serving import Address, Certificate, listening, serve, url_of
from mppdesk.texts import msg

DATABASE_VARIABLE = "MPPDESK_DATABASE"
WRAPPING_KEY_VARIABLE = "MPPDESK_WRAPPING_KEY"
_DEFAULT_ADDRESS = "127.0.0.1:8741"
_TOKEN_BYTES = 32
_is_id = re.compile(r"[0-9a-f]{32}").fullmatch
_is_key = re.compile(r"[0-9a-f]{64}").fullmatch


def run(arguments: Namespace, output: Output) -> int:
    """Serve the centre until the process is told to stop; any number of processes may serve one database."""
    address = Address.parse(arguments.listen or _DEFAULT_ADDRESS)
    certificate = _certificate(arguments, address)
    database = _database_address(arguments)
    source = _wrapping_source(arguments)
    wrapping = wrapping_source.read(source)
    if wrapping_source.is_open_to_others(source):
        output.warn(msg("Pengguna lain di komputer ini dapat membaca {place}. Batasi: chmod 600.", place=source))
    taken = listening(address)
    try:
        with running_centre(database, wrapping) as centre:
            _warn_of_unsafe_settings(database, output)
            serve(
                make_central_app(centre),
                taken,
                certificate,
                lambda: _say_ready(output, taken, certificate),
                centre.pokes.end,
            )
    finally:
        taken.close()
    output.say(msg("Pusat berhenti. Semua yang sudah dijawab tersimpan."))
    return DONE


def add_site(arguments: Namespace, output: Output) -> int:
    """Register a site and make its token, which is shown once and kept as a hash only."""
    site = _site(arguments)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    with _database(arguments) as database, database.writing() as store:
        if site_of(store, site.site_id) is not None and not arguments.replace:
            raise Refused(
                msg("Gedung ini sudah terdaftar di pusat. Tidak ada yang diubah."),
                msg("Untuk token atau hub baru, tambahkan --replace; token lama lalu tidak berlaku lagi."),
            )
        register(store, site, token)
    output.say(msg("{name} terdaftar. Token, hanya ditampilkan sekali: {token}", name=site.name, token=token))
    output.say(msg("Simpan di hub gedung itu: mppdesk hub link --central ALAMAT --token TOKEN"))
    output.result({"site_id": site.site_id, "name": site.name, "token": token})
    return DONE


def sites(arguments: Namespace, output: Output) -> int:
    """List the registered sites with how many entries arrived, how many the views show, and what stopped or warns."""
    found = []
    with _database(arguments) as database, database.reading() as store:
        for site in all_sites(store):
            entries, folded = arrivals.last(store, site.site_id), arrivals.applied(store, site.site_id)
            output.say(
                msg("{name}: {entries} entri, {folded} sudah tampil", name=site.name, entries=entries, folded=folded)
            )
            stopped = troubles.all_of(store, site.site_id)
            for trouble in stopped:
                output.say(told_trouble(trouble))
            of_site = {"site_id": site.site_id, "name": site.name, "entries": entries, "folded": folded}
            found.append({**of_site, "troubles": [trouble_row(each) for each in stopped]})
    output.result({"sites": found})
    return DONE


def renew_epoch(arguments: Namespace, output: Output) -> int:
    """Name a new epoch after a disk image was copied back, the one restore that PostgreSQL itself does not mark."""
    with _database(arguments) as database, database.writing() as store:
        epoch = central_epoch.renew(store, new_epoch)
    output.say(msg("Pusat kini di masa baru. Pembaca laporan akan membaca ulang dari awal."))
    output.result({"epoch": epoch})
    return DONE


def make_key(arguments: Namespace, output: Output) -> int:
    """Make the key that the data keys of all sites are encrypted under; an earlier one stays behind it."""
    wrapping_source.make(_wrapping_source(arguments))
    output.say(msg("Kunci pembungkus dibuat di {place}.", place=arguments.wrapping_key))
    output.say(
        msg("Salin ke tempat aman yang bukan server ini: tanpa kunci itu data pribadi di cadangan pusat tidak terbaca.")
    )
    output.result({"wrapping_key": arguments.wrapping_key})
    return DONE


def rewrap_keys(arguments: Namespace, output: Output) -> int:
    """Encrypt every data key anew under the first wrapping key, so that the ones behind it are needed no more."""
    wrapping = wrapping_source.read(_wrapping_source(arguments))
    with _database(arguments) as database:
        with database.writing() as store:
            require_known(store, wrapping, time.time_ns() // 1_000_000)
        changed = rewrap(database, wrapping)
    output.say(msg("{n} kunci data dibungkus ulang. Kunci pembungkus lama boleh dihapus.", n=changed))
    output.result({"rewrapped": changed})
    return DONE


def _wrapping_source(arguments: Namespace) -> str:
    return arguments.wrapping_key or f"{wrapping_source.ENVIRONMENT}{WRAPPING_KEY_VARIABLE}"


@contextmanager
def _database(arguments: Namespace) -> Iterator[PostgresDatabase]:
    address = _database_address(arguments)
    central_schema.upgrade(address)
    database = PostgresDatabase(address)
    try:
        yield database
    finally:
        database.close()


def _database_address(arguments: Namespace) -> str:
    """The address given, or that of the environment, which other users of the computer cannot list."""
    given: str = arguments.database or os.environ.get(DATABASE_VARIABLE, "")
    require_address(given)
    return given


def _site(arguments: Namespace) -> CentralSite:
    if not _is_id(arguments.site_id) or not _is_id(arguments.hub_device) or not _is_key(arguments.hub_key):
        raise BadInput(
            msg("Id gedung dan perangkat harus 32, kunci 64 angka heksadesimal. Tidak ada yang didaftarkan."),
            msg("Salin dari hub: mppdesk sync status --json."),
        )
    name = arguments.name.strip()
    if not name or len(name) > 120 or not name.isprintable():
        raise BadInput(
            msg("Nama gedung harus 1 sampai 120 huruf. Tidak ada yang didaftarkan."), msg("Betulkan --name.")
        )
    now_ms = time.time_ns() // 1_000_000
    return CentralSite(arguments.site_id, name, arguments.hub_device, bytes.fromhex(arguments.hub_key), now_ms)


def _certificate(arguments: Namespace, address: Address) -> Certificate | None:
    """The certificate given; without one only a reverse proxy on this very computer may ask."""
    given = (arguments.certificate, arguments.key)
    if all(given):
        missing = next((path for path in given if not Path(path).is_file()), None)
        if missing is None:
            return Certificate(arguments.certificate, arguments.key, "")
        raise BadInput(
            msg("Berkas {path} tidak ada. Tidak ada yang dijalankan.", path=missing), msg("Periksa nama berkasnya.")
        )
    if any(given) or not address.is_loopback:
        raise BadInput(
            msg("Tanpa sertifikat, pusat hanya boleh mendengar di komputer ini sendiri. Tidak ada yang dijalankan."),
            msg("Beri --certificate dan --key, atau pasang di belakang proxy TLS dan pakai alamat 127.0.0.1."),
        )
    return None


def _warn_of_unsafe_settings(database: str, output: Output) -> None:
    unsafe = central_schema.unsafe_settings(database)
    if unsafe:
        output.warn(
            msg(
                "PostgreSQL ini tidak menjamin data tahan mati listrik: {settings} mati. Nyalakan di postgresql.conf.",
                settings=", ".join(unsafe),
            )
        )


def _say_ready(output: Output, taken: socket.socket, certificate: Certificate | None) -> None:
    url = url_of(taken, certificate)
    output.say(msg("Pusat siap di {url}.", url=url))
    output.result({"listening": url})
