"""Services of an invented office, close in shape to those of the sample catalogue."""

from mppdesk.domain.catalog import (
    Agency,
    ComplaintChannel,
    Fee,
    Handling,
    ProcedureStep,
    Requirement,
    Service,
    TimeSpan,
    Validity,
)

DPMPTSP = Agency(
    "DPMPTSP",
    "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu",
    "DPMPTSP",
    "izin usaha, izin praktik",
    "D P M P T S P",
    "briefcase",
    "opd",
    "A",
    3,
)
POLRES = Agency("POLRES", "Polres Sukamaju", "Polres", "SKCK, laporan hilang", "Polres", "shield-half", "pusat", "V", 2)


def service(
    code: str, agency: str, name: str, list_name: str, requirements: tuple[Requirement, ...], *, days: int, minutes: int
) -> Service:
    """A service with everything a standard must have; 0 `days` means that it is done during the visit."""
    return Service(
        code=code,
        agency=agency,
        name=name,
        list_name=list_name,
        everyday_name=list_name,
        search_words=(list_name.split()[0].lower(),),
        kind="perizinan",
        personal_data="umum",
        retention_years=5,
        requirements=requirements,
        procedure=(ProcedureStep(1, "petugas_loket", "Memeriksa berkas", TimeSpan(5, "menit")),),
        duration=TimeSpan(days, "hari_kerja") if days else TimeSpan(minutes, "menit"),
        duration_note=None,
        fee=Fee("gratis", 0),
        product=list_name,
        product_validity=None,
        legal_basis=("UU contoh",),
        complaints=(ComplaintChannel("meja_pengaduan", "Meja pengaduan MPP"),),
        counter_minutes=minutes,
    )


def _paper(
    number: int,
    name: str,
    original: int,
    handling: Handling,
    copies: int,
    condition: str | None = None,
    validity: Validity | None = None,
) -> Requirement:
    return Requirement(
        f"DPMPTSP-07-R{number:02}", name, original, handling, copies, condition is None, condition, validity
    )


KEPT, SHOWN, COPIES = Handling.KEPT, Handling.SHOWN, Handling.COPIES_ONLY
HEALTH_LETTER = Validity("umur_maks", "Surat keterangan sehat diterbitkan paling lama 3 bulan terakhir", months=3)

MIDWIFE = service(
    "DPMPTSP-07",
    "DPMPTSP",
    "Surat Izin Praktik (SIP) Bidan (fasilitas kesehatan)",
    "SIP Bidan (faskes)",
    (
        _paper(
            1, "Surat permohonan bermeterai", 1, KEPT, 0, None, Validity("meterai", "Meterai Rp10.000", value=10000)
        ),
        _paper(2, "KTP-el pemohon", 1, SHOWN, 1, None, Validity("ktp_el_aktif", "NIK aktif 16 angka")),
        _paper(3, "Surat Tanda Registrasi (STR)", 1, SHOWN, 1),
        _paper(4, "Ijazah terakhir yang dilegalisasi", 1, SHOWN, 1),
        _paper(5, "Surat keterangan tempat praktik dari pimpinan fasilitas kesehatan", 1, KEPT, 0),
        _paper(6, "Surat keterangan sehat", 1, KEPT, 0, None, HEALTH_LETTER),
        _paper(7, "Pas foto berwarna 4x6 latar merah", 3, KEPT, 0),
        _paper(8, "Rekomendasi organisasi profesi IBI", 1, KEPT, 0, "jika diwajibkan daerah"),
        _paper(9, "Bukti kecukupan SKP", 0, COPIES, 1, "jika perpanjangan SIP"),
        _paper(10, "SIP pertama", 0, COPIES, 1, "jika SIP kedua atau ketiga"),
        _paper(11, "Surat kuasa bermeterai", 1, KEPT, 1, "jika permohonan diwakilkan"),
    ),
    days=5,
    minutes=12,
)
CONSULTATION = service("DPMPTSP-01", "DPMPTSP", "Konsultasi dan LKPM", "Konsultasi dan LKPM", (), days=0, minutes=10)
LOOKED_AT = service(
    "DPMPTSP-02",
    "DPMPTSP",
    "Aktivasi Identitas Kependudukan Digital",
    "Aktivasi IKD",
    (
        _paper(1, "KTP-el pemohon", 1, SHOWN, 0),
        _paper(2, "Ponsel pintar pemohon", 1, Handling.BROUGHT, 0),
        _paper(3, "Alamat surel", 0, Handling.RECORDED, 0),
    ),
    days=0,
    minutes=5,
)
CERTIFICATE = service("POLRES-01", "POLRES", "SKCK baru (tingkat Polres)", "SKCK baru", (), days=0, minutes=10)
LOST = service(
    "POLRES-02",
    "POLRES",
    "Surat tanda penerimaan laporan kehilangan",
    "Laporan kehilangan",
    (),
    days=0,
    minutes=10,
)
AGENCIES = {each.code: each for each in (DPMPTSP, POLRES)}
SERVICES = {each.code: each for each in (MIDWIFE, CONSULTATION, LOOKED_AT, CERTIFICATE, LOST)}
