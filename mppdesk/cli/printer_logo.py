"""`mppdesk printer logo` and `share-logo`: the logo of the building for a printer that keeps it, and for the others."""

from argparse import Namespace
from pathlib import Path

import msgspec

from mppdesk.cli.output import DONE, Output
from mppdesk.cli.session import Session, writing
from mppdesk.db.settings import StoredSettings
from mppdesk.domain.entries import Actor
from mppdesk.domain.errors import NotAllowed, PrinterTrouble
from mppdesk.domain.paper_logo import LOGO_SETTING
from mppdesk.domain.printer_address import parse_printer
from mppdesk.domain.printer_options import url_saying
from mppdesk.domain.site import Role
from mppdesk.domain.slip_length import DOTS_PER_MM
from mppdesk.operations.setup import change_settings
from mppdesk.texts import msg


def store(arguments: Namespace, output: Output) -> int:
    """Store a picture in a printer and print it once; exit 3 when the printer did not take all of it."""
    from mppdesk.printing.logo_storing import store_logo

    stored = store_logo(parse_printer(arguments.url), Path(arguments.file))
    url = url_saying(arguments.url, stored.model)
    if not stored.is_given:
        happened = msg("Printer {url} tidak menerima logo itu.", url=arguments.url)
        to_do = msg("Periksa kertas, tutup, daya, dan kabelnya, lalu ulangi: logo lama diganti.")
        return output.refused(PrinterTrouble(happened, to_do), state=str(stored.state))
    output.say(
        msg("Logo dikirim dan dicetak satu kali. Bila ia terlihat di kertas, tulis alamat printer: {url}", url=url)
    )
    output.result({"url": url, "state": str(stored.state)})
    return DONE


def share(arguments: Namespace, output: Output) -> int:
    """Record a picture as the logo of the building, for every printer whose address ends with logo=raster."""
    from mppdesk.printing.logo import paper_logo

    logo = paper_logo(Path(arguments.file))
    with writing(arguments, output) as session:
        actor, writer = _administrator(session), session.home.required_writer()
        current = StoredSettings(session.home.database, session.home.site_id)
        value = msgspec.to_builtins(logo, str_keys=True)
        changed = bool(change_settings(writer, current, actor, {LOGO_SETTING: value}))
    rows = {dots: len(picture.rows) for dots, picture in logo.pictures.items()}
    output.say(
        msg(
            "Logo tersimpan untuk gedung ini. Printer dengan logo=raster di alamatnya mencetaknya di atas tanda terima "
            "dan daftar: {mm} mm lebih panjang. Karcis tidak berubah.",
            mm=round(max(rows.values()) / DOTS_PER_MM),
        )
    )
    output.result({"changed": changed, "rows": {str(dots): count for dots, count in rows.items()}})
    return DONE


def _administrator(session: Session) -> Actor:
    actor = session.actor()
    with session.readers.moment() as moment:
        user = moment.reference.users.get(actor.user)
    if user is None or Role.ADMINISTRATOR not in user.roles:
        raise NotAllowed(
            msg("Hanya administrator yang mengganti logo. Tidak ada yang berubah."),
            msg("Minta administrator menjalankan perintah ini."),
        )
    return actor
