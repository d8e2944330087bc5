"""The verbs and their arguments, said once; the help is Indonesian."""

import argparse
from datetime import date
from typing import Any

from mppdesk.cli.grammar_words import speak_indonesian
from mppdesk.cli.later import Run, later, without_a_verb

_LONGEST_WAIT_S = 3600
_MOST_TICKETS_A_DAY = 5000
_DATE = "2026-11-23"
_LOGO = "gambar PNG atau JPEG bergaris, tanpa bidang hitam"
_NUMBER = "nomor antrean, misalnya B-001"
_COUNTER = "nama loket, misalnya 'Loket 2'"
_SERVICE = "kode layanan, misalnya DUKCAPIL-01"
_JOB = "id pekerjaan cetak, dari print-jobs list"
_PRIORITIES = "elderly, disability, pregnant, toddler, emergency"
_ROLES = "counter, kiosk, board, supervisor, standby"
_VERIFY = (
    "periksa rantai, kepala, dan tampilan seluruh jurnal; menemukan setiap entri yang berubah, tertukar, atau hilang, "
    "kecuali ekor terbaru yang dipotong bersama kepalanya: itu hanya diketahui salinan di komputer lain"
)
_COUNTER_VERBS = {
    "open": "buka loket",
    "close": "tutup loket",
    "break": "mulai istirahat",
    "back": "akhiri istirahat",
    "call-next": "panggil berikutnya",
    "call": "panggil nomor ini di luar urutan",
    "recall": "panggil ulang",
    "start": "mulai layani",
    "hold": "tunda",
    "resume": "lanjutkan nomor yang ditunda",
    "no-show": "catat tidak hadir",
    "finish": "selesai",
}


def build_parser(version: str) -> argparse.ArgumentParser:
    """Make the parser of all verbs; `run` of its result is the verb's function (arguments, output) -> exit code."""
    speak_indonesian()
    parser = argparse.ArgumentParser(prog="mppdesk", description="Antrean, daftar periksa, dan tanda terima MPP.")
    parser.add_argument("--version", action="version", version=f"mppdesk {version}", help="tampilkan versi program")
    common = _common()
    parser.set_defaults(**vars(without_a_verb()))
    verbs = parser.add_subparsers(metavar="PERINTAH", title="perintah")
    _office(verbs, common)
    _counters(verbs, common)
    _tickets(verbs, common)
    _submissions(verbs, common)
    _journal(verbs, common)
    _printing(verbs, common)
    _safety(verbs, common)
    _building(verbs, common)
    _sync(verbs, common)
    _centre(verbs)
    return parser


def _common() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--data", metavar="FOLDER", help="folder data (bawaan: folder data pengguna)")
    common.add_argument("--json", action="store_true", help="satu objek JSON di keluaran, kalimat di keluaran galat")
    common.add_argument(
        "--as", dest="user", metavar="PENGGUNA", help="bertindak sebagai pengguna ini (PIN: MPPDESK_PIN)"
    )
    return common


def _verb(verbs: Any, name: str, run: Run, help_text: str, common: argparse.ArgumentParser) -> argparse.ArgumentParser:
    verb: argparse.ArgumentParser = verbs.add_parser(name, help=help_text, description=help_text, parents=[common])
    verb.set_defaults(run=run)
    return verb


def _group(verbs: Any, name: str, help_text: str) -> Any:
    group = verbs.add_parser(name, help=help_text, description=help_text)
    return group.add_subparsers(metavar="PERINTAH", required=True)


def _office(verbs: Any, common: argparse.ArgumentParser) -> None:
    init = _verb(verbs, "init", later("office", "init"), "siapkan folder data untuk satu komputer", common)
    source = init.add_mutually_exclusive_group(required=True)
    source.add_argument("--sample", action="store_true", help="MPP contoh: Kabupaten Sukamaju")
    source.add_argument("--site", metavar="BERKAS", help="berkas keterangan MPP (docs/site.md)")
    desktop = _verb(verbs, "desktop", later("windows", "desktop"), "buka jendela di komputer ini", common)
    desktop.add_argument(
        "--show",
        action="append",
        choices=("counter", "kiosk", "board", "paper", "administration"),
        help="jendela ini; boleh beberapa",
    )
    desktop.add_argument("--full-screen", action="store_true", help="sepenuh layar, untuk kiosk dan papan")
    demo = _verb(verbs, "demo", later("windows", "demo"), "MPP contoh di folder sementara, dengan warga rekaan", common)
    demo.add_argument("--headless", action="store_true", help="satu hari penuh tanpa layar")
    demo.add_argument("--out", metavar="FOLDER", help="tempat hasil tanpa layar (bawaan ./demo-out)")
    demo.add_argument("--seed", type=int, default=1, metavar="ANGKA", help="benih acak")
    demo.add_argument("--tickets", type=_tickets_a_day, default=320, metavar="ANGKA", help="banyaknya karcis sehari")
    demo.add_argument("--printer", metavar="URL", help="kirim setiap karcis ke printer ini")
    catalog = _group(verbs, "catalog", "katalog layanan")
    imported = _verb(
        catalog, "import", later("office", "import_catalog"), "impor katalog dari folder atau berkas YAML", common
    )
    imported.add_argument("path", metavar="TEMPAT", help="folder atau berkas YAML (docs/catalog.md)")
    day = _group(verbs, "day", "hari pelayanan")
    opened = _verb(day, "open", later("office", "open_day"), "buka hari pelayanan tanggal ini", common)
    opened.add_argument("--date", type=_day, required=True, metavar=_DATE, help="tanggal yang dipastikan")
    _with_command_id(opened)
    closed = _verb(day, "close", later("office", "close_day"), "tutup hari pelayanan", common)
    corrected = _verb(
        day, "correct", later("office", "correct_date"), "jam tadinya salah: hari ini tanggal ini", common
    )
    corrected.add_argument("--date", type=_day, required=True, metavar=_DATE, help="tanggal hari ini yang benar")
    for ending in (closed, corrected):
        ending.add_argument("--leftovers", choices=("cancel", "outside"), help="putuskan nomor yang tersisa")
        _with_command_id(ending)
    _with_command_id(_verb(day, "reopen", later("office", "reopen_day"), "buka kembali hari yang ditutup", common))
    _verb(verbs, "doctor", later("office", "doctor"), "periksa kesehatan pemasangan ini", common)


_NEW_NUMBERS = {
    "close": "hanya untuk nomor baru; yang menunggu tetap dilayani",
    "open": "loket yang tutup untuk nomor baru menerimanya lagi",
}


def _counters(verbs: Any, common: argparse.ArgumentParser) -> None:
    counter = _group(verbs, "counter", "loket")
    for name, help_text in _COUNTER_VERBS.items():
        verb = _verb(counter, name, later("counters", "act"), help_text, common)
        verb.set_defaults(act=name)
        verb.add_argument("--counter", required=True, metavar="LOKET", help=_COUNTER)
        _with_command_id(verb)
        if name == "open":
            verb.add_argument("--service", action="append", nargs="+", metavar="KODE", help="hanya layanan ini")
        if name in _NEW_NUMBERS:
            verb.add_argument("--new-numbers", action="store_true", help=_NEW_NUMBERS[name])
        if name == "hold":
            verb.add_argument("--note", metavar="CATATAN", help="catatan mengapa ditunda")
        if name in ("call", "resume"):
            verb.add_argument("number", metavar="NOMOR", help=_NUMBER)


def _tickets(verbs: Any, common: argparse.ArgumentParser) -> None:
    ticket = _group(verbs, "ticket", "karcis antrean")
    issue = _verb(ticket, "issue", later("tickets", "issue"), "buat nomor antrean", common)
    issue.add_argument("--service", required=True, metavar="KODE", help=_SERVICE)
    issue.add_argument("--priority", metavar="JENIS", help=_PRIORITIES)
    issue.add_argument("--printer", metavar="NAMA", help="cetak karcisnya di printer ini")
    _with_command_id(issue)
    transfer = _verb(ticket, "transfer", later("tickets", "transfer"), "alihkan ke layanan lain", common)
    transfer.add_argument("number", metavar="NOMOR", help=_NUMBER)
    transfer.add_argument("--service", required=True, metavar="KODE", help=_SERVICE)
    transfer.add_argument("--note", metavar="CATATAN", help="catatan untuk loket tujuan")
    transfer.add_argument("--then-back", action="store_true", help="kembali ke layanan ini sesudahnya")
    _with_command_id(transfer)
    cancel = _verb(ticket, "cancel", later("tickets", "cancel"), "batalkan nomor untuk seterusnya", common)
    cancel.add_argument("number", metavar="NOMOR", help=_NUMBER)
    cancel.add_argument("--reason", required=True, metavar="ALASAN", help="mengapa dibatalkan")
    _with_command_id(cancel)
    requeue = _verb(ticket, "requeue", later("tickets", "requeue"), "antrekan kembali yang datang lagi", common)
    requeue.add_argument("number", metavar="NOMOR", help=_NUMBER)
    _with_command_id(requeue)
    listed = _verb(ticket, "list", later("tickets", "list_tickets"), "daftar nomor", common)
    listed.add_argument("--day", type=_day, metavar=_DATE, help="hari itu (bawaan: hari ini)")
    shown = _verb(ticket, "show", later("tickets", "show"), "keterangan satu nomor", common)
    shown.add_argument("number", metavar="NOMOR", help=_NUMBER)
    shown.add_argument("--day", type=_day, metavar=_DATE, help="hari itu (bawaan: hari ini)")


def _submissions(verbs: Any, common: argparse.ArgumentParser) -> None:
    submission = _group(verbs, "submission", "berkas pemohon di loket")
    check = _verb(submission, "check", later("submissions", "check"), "isi daftar periksa dari berkas jawaban", common)
    check.add_argument("--counter", required=True, metavar="LOKET", help=_COUNTER)
    check.add_argument("--file", required=True, metavar="JAWABAN.json", help="jawaban tiap persyaratan")
    for name, run, help_text in (
        ("register", later("submissions", "register"), "terima berkas yang lengkap"),
        ("return", later("submissions", "hand_back"), "kembalikan berkas yang kurang"),
    ):
        verb = _verb(submission, name, run, help_text, common)
        verb.add_argument("--counter", required=True, metavar="LOKET", help=_COUNTER)
        verb.add_argument("--pdf", metavar="BERKAS", help="simpan juga kertasnya sebagai PDF A5")
        _with_command_id(verb)
    resume = _verb(submission, "resume", later("submissions", "resume"), "lanjutkan berkas yang dikembalikan", common)
    resume.add_argument("--counter", required=True, metavar="LOKET", help=_COUNTER)
    which = resume.add_mutually_exclusive_group(required=True)
    which.add_argument("--token", metavar="KODE", help="kode QR pada daftar kekurangan")
    which.add_argument("--ticket", metavar="NOMOR", help="nomor antrean pada daftar kekurangan")
    resume.add_argument("--day", type=_day, metavar="2026-11-23", help="hari nomor itu; tanpa ini hari ini")
    _with_command_id(resume)


def _journal(verbs: Any, common: argparse.ArgumentParser) -> None:
    group = _group(verbs, "journal", "jurnal")
    _verb(group, "verify", later("journal", "verify"), _VERIFY, common)
    _verb(group, "rebuild", later("journal", "rebuild"), "bangun ulang tampilan dari jurnal", common)
    show = _verb(group, "show", later("journal", "show"), "riwayat satu nomor", common)
    show.add_argument("number", metavar="NOMOR", help=_NUMBER)
    show.add_argument("--day", type=_day, metavar=_DATE, help="hari itu (bawaan: hari ini)")


def _printing(verbs: Any, common: argparse.ArgumentParser) -> None:
    jobs = _group(verbs, "print-jobs", "pekerjaan cetak")
    _verb(jobs, "list", later("printers", "list_jobs"), "daftar pekerjaan cetak", common)
    run = _verb(jobs, "run", later("printers", "run_jobs"), "cetak yang masih antre", common)
    run.add_argument("--timeout", type=_seconds, default=30.0, metavar="DETIK", help="menunggu paling lama")
    run.add_argument("--printer", metavar="URL", help="pakai printer ini sebagai ganti yang tersimpan")
    retry = _verb(jobs, "retry", later("printers", "retry_job"), "cetak ulang sebagai SALINAN", common)
    retry.add_argument("job", metavar="ID", help=_JOB)
    retry.add_argument("--printer", metavar="NAMA", help="cetak di printer MPP yang lain")
    cancel = _verb(jobs, "cancel", later("printers", "cancel_job"), "batalkan cetakan yang belum keluar", common)
    cancel.add_argument("job", metavar="ID", help=_JOB)
    printer = _group(verbs, "printer", "printer")
    test = _verb(printer, "test", later("printer_setup", "test"), "tanyakan keadaan printer", common)
    test.add_argument("url", metavar="URL", help="misalnya tcp://192.0.2.7:9100")
    probe = _verb(printer, "probe", later("printer_setup", "probe"), "cari tahu kemampuan dan model printer", common)
    probe.add_argument("url", metavar="URL", help="misalnya serial:///dev/ttyUSB0?baud=19200")
    probe.add_argument("--print", action="store_true", dest="prints", help="cetak lembar uji, lalu tanyakan hasilnya")
    logo = _verb(printer, "logo", later("printer_logo", "store"), "simpan logo di printer, sekali saja", common)
    logo.add_argument("url", metavar="URL", help="misalnya tcp://192.0.2.7:9100?model=epson-tm-t82")
    logo.add_argument("file", metavar="BERKAS", help=_LOGO)
    shared = _verb(
        printer,
        "share-logo",
        later("printer_logo", "share"),
        "simpan logo gedung untuk logo=raster",
        common,
    )
    shared.add_argument("file", metavar="BERKAS", help=_LOGO)


def _safety(verbs: Any, common: argparse.ArgumentParser) -> None:
    person = _group(verbs, "person", "data pribadi")
    forget = _verb(person, "forget", later("safety", "forget"), "hapus data pribadi untuk seterusnya", common)
    which = forget.add_mutually_exclusive_group(required=True)
    which.add_argument("--ticket", metavar="NOMOR", help=_NUMBER)
    which.add_argument("--nik", metavar="NIK", help="semua berkas dengan NIK ini; '-' membaca dari masukan")
    which.add_argument("--shift-notes", metavar="LOKET", help="catatan serah terima loket ini pada hari itu")
    forget.add_argument("--day", type=_day, metavar=_DATE, help="hari itu (bawaan: hari ini)")
    recovery = _group(verbs, "recovery", "lembar pemulihan")
    _verb(recovery, "sheet", later("safety", "recovery_sheet"), "cetak lembar pemulihan baru", common)
    backup = _verb(verbs, "backup", later("safety", "backup"), "simpan cadangan yang sudah diperiksa", common)
    backup.add_argument("file", metavar="BERKAS", help="berkas cadangan yang dibuat")
    restore = _verb(verbs, "restore", later("safety", "restore"), "pulihkan dari cadangan", common)
    restore.add_argument("file", metavar="BERKAS", help="berkas cadangan")
    restore.add_argument("--recovery-code", metavar="KODE", help="kode di lembar pemulihan")
    restore.add_argument(
        "--again-today", action="store_true", help="hari ini sudah ada pemulihan di komputer lain: nomor tidak diulang"
    )


def _building(verbs: Any, common: argparse.ArgumentParser) -> None:
    hub = _verb(verbs, "hub", later("hub", "run"), "jalankan hub gedung, yang memutuskan siapa berikutnya", common)
    hub.add_argument("--listen", metavar="ALAMAT:PORT", help="alamat hub, misalnya 192.168.1.10:8731")
    hub.add_argument("--name", action="append", metavar="NAMA", help="nama lain komputer ini, untuk sertifikatnya")
    parts = hub.add_subparsers(metavar="PERINTAH", title="perintah")
    _verb(parts, "init", later("hub", "init"), "buat sertifikat gedung", common)
    link = _verb(parts, "link", later("sync", "link"), "simpan alamat dan token pusat", common)
    link.add_argument("--central", required=True, metavar="URL", help="misalnya https://pusat.example.go.id")
    link.add_argument(
        "--token", required=True, metavar="TOKEN", help="token dari mppdesk central add-site; '-' dari masukan"
    )
    link.add_argument("--authority", metavar="BERKAS", help="sertifikat pusat (PEM), bila bukan yang dikenal sistem")
    takeover = _verb(parts, "take-over", later("takeover", "take_over"), "jadikan komputer cadangan ini hub", common)
    takeover.add_argument("--type", metavar="AMBIL", help="kata AMBIL, sesudah hub lama dipastikan mati")
    takeover.add_argument("--force", metavar="ALASAN", help="ambil alih walaupun hub lama masih menjawab")
    _verb(parts, "rehearse", later("takeover", "rehearse"), "latih pengambilalihan di salinan data", common)
    enrol = _verb(parts, "enrol", later("hub", "enrol"), "buat kode sekali pakai untuk satu komputer baru", common)
    enrol.add_argument("--role", required=True, metavar="PERAN", help=_ROLES)
    enrol.add_argument("--label", required=True, metavar="NAMA", help="nama komputer itu, misalnya 'Loket 2'")
    enrol.add_argument("--agency", action="append", metavar="KODE", help="hanya instansi ini; boleh beberapa")
    join = _verb(verbs, "join", later("join", "join"), "daftarkan komputer ini di hub gedung, dengan kode", common)
    join.add_argument("--hub", required=True, metavar="ALAMAT", help="alamat hub, misalnya https://192.168.1.10:8731")
    join.add_argument("--code", required=True, metavar="KODE", help="kode sekali pakai dari mppdesk hub enrol")
    join.add_argument("--fingerprint", metavar="SIDIK", help="sidik jari sertifikat gedung, dari layar hub")


def _sync(verbs: Any, common: argparse.ArgumentParser) -> None:
    sync = _group(verbs, "sync", "pertukaran jurnal dengan hub dan pusat")
    _verb(sync, "status", later("sync", "status"), "keadaan setiap sambungan dan yang menunggu dikirim", common)


def _centre(verbs: Any) -> None:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--database", metavar="ALAMAT", help="postgresql://PENGGUNA@SERVER/NAMA (bawaan: isi MPPDESK_DATABASE)"
    )
    common.add_argument("--json", action="store_true", help="satu objek JSON di keluaran, kalimat di keluaran galat")
    told = "jalankan satu proses pusat, yang menyimpan jurnal banyak gedung di PostgreSQL"
    run = _verb(verbs, "central", later("central", "run"), told, common)
    run.add_argument("--listen", metavar="ALAMAT:PORT", help="alamat pusat, misalnya 127.0.0.1:8741")
    run.add_argument("--certificate", metavar="BERKAS", help="sertifikat TLS (PEM)")
    run.add_argument("--key", metavar="BERKAS", help="kunci sertifikat itu (PEM)")
    where = "file:BERKAS, keyring:NAMA, atau env:VARIABEL (bawaan: env:MPPDESK_WRAPPING_KEY)"
    run.add_argument("--wrapping-key", metavar="TEMPAT", help=f"kunci pembungkus kunci data: {where}")
    central = run.add_subparsers(metavar="PERINTAH", title="perintah")
    add = _verb(central, "add-site", later("central", "add_site"), "daftarkan satu gedung dan buat tokennya", common)
    add.add_argument("--site-id", required=True, metavar="ID", help="id gedung, dari mppdesk sync status --json di hub")
    add.add_argument("--name", required=True, metavar="NAMA", help="nama gedung")
    add.add_argument("--hub-device", required=True, metavar="ID", help="id perangkat hub")
    add.add_argument("--hub-key", required=True, metavar="KUNCI", help="kunci publik hub, 64 angka heksadesimal")
    add.add_argument("--replace", action="store_true", help="gedung yang sudah terdaftar mendapat token dan hub baru")
    make = _verb(central, "make-key", later("central", "make_key"), "buat kunci pembungkus kunci data", common)
    make.add_argument("--wrapping-key", required=True, metavar="TEMPAT", help="file:BERKAS atau keyring:NAMA")
    told = "bungkus ulang semua kunci data dengan kunci pembungkus pertama"
    rewrap = _verb(central, "rewrap", later("central", "rewrap_keys"), told, common)
    rewrap.add_argument("--wrapping-key", metavar="TEMPAT", help=where)
    _verb(central, "sites", later("central", "sites"), "daftar gedung", common)
    _verb(
        central, "new-epoch", later("central", "renew_epoch"), "mulai masa baru setelah citra disk dikembalikan", common
    )


def _with_command_id(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--command-id", metavar="ID", help="id yang sama memberi jawaban yang sama")


def _tickets_a_day(typed: str) -> int:
    """How many citizens come: more than a counter knows numbers for would queue for nothing."""
    if not typed.isdecimal() or not 1 <= int(typed) <= _MOST_TICKETS_A_DAY:
        raise argparse.ArgumentTypeError(f"{typed!r} bukan banyaknya karcis; tulis 1 sampai {_MOST_TICKETS_A_DAY}")
    return int(typed)


def _seconds(typed: str) -> float:
    """A time to wait, at most an hour; a number that is none would be waited for without end."""
    try:
        seconds = float(typed)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= _LONGEST_WAIT_S:
        raise argparse.ArgumentTypeError(f"{typed!r} bukan waktu tunggu; tulis 0 sampai {_LONGEST_WAIT_S} detik")
    return seconds


def _day(typed: str) -> str:
    """A date as it stands in the journal; raises what argparse turns into wrong use."""
    try:
        return date.fromisoformat(typed).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"tanggal {typed!r} tidak terbaca; tulis seperti 2026-11-23") from None
