"""What each anomaly means for people: the machine's word for it becomes a sentence, and what is worth doing."""

from mppdesk.texts import Text, msg
from mppdesk.ui.administration.port import AnomalyRow

_WHILE = "while_"
_STATES = {
    "waiting": msg("menunggu"),
    "called": msg("dipanggil"),
    "serving": msg("dilayani"),
    "on_hold": msg("ditunda"),
    "no_show": msg("tidak hadir"),
    "finished": msg("selesai"),
    "cancelled": msg("dibatalkan"),
}
_BY_KIND = {
    "TicketCalled": msg(
        "Dipanggil lagi ketika sudah {state}: dua loket memanggil orang yang sama. Panggilan yang pertama berlaku."
    ),
    "TicketClaimedOffline": msg(
        "Saat terputus dari hub, loket menerima karcis yang di tempat lain sudah {state}. "
        "Tanyakan di kedua loket apakah orangnya dilayani dua kali."
    ),
    "CallShown": msg("Panggilan baru tampil di loket ketika nomornya sudah {state}; loket itu sudah diberi tahu."),
    "CallExpired": msg(
        "Panggilan dianggap tidak sampai, padahal nomornya sudah {state}. Tidak ada yang perlu dilakukan."
    ),
    "TicketFinished": msg("Diselesaikan lagi ketika sudah {state}; dihitung sekali saja."),
    "TicketNoShow": msg("Dicatat tidak hadir ketika sudah {state}; catatan itu tidak berlaku."),
    "TicketTransferred": msg("Dialihkan ketika sudah {state}; pengalihan itu tidak berlaku. Periksa di mana orangnya."),
    "TicketCancelled": msg("Dibatalkan ketika sudah {state}; pembatalan itu tidak berlaku."),
}
_BY_REASON = {
    "issued_twice": msg(
        "Nomor ini terbit dua kali, dari dua penerbit yang saling tidak terlihat. Di antrean ia satu nomor; "
        "bedakan kedua orangnya dari layanan dan jam di karcis."
    ),
    "issued_after_its_claim": msg(
        "Nomor ini diterima di loket sebelum karcisnya terbit: mungkin salah ketik, atau jam komputernya salah. "
        "Pemegang karcisnya tidak ada dalam antrean; beri dia nomor baru."
    ),
    "not_issued": msg("Terbitnya karcis ini belum sampai di komputer ini; biasanya menyusul sendiri."),
    "not_the_last_act": msg("Pembatalan datang sesudah langkah lain; langkah yang lain itu tetap berlaku."),
    "already_registered": msg("Berkas didaftarkan lagi padahal sudah bernomor; nomor yang pertama berlaku."),
    "another_number": msg("Berkas mendapat dua nomor register; nomor yang pertama berlaku."),
    "another_service": msg("Berkas dilanjutkan untuk layanan lain dari yang tertulis di karcis."),
    "opened_twice": msg("Hari yang sama dibuka dua kali; keduanya digabung."),
    "wrong_clock": msg(
        "Jam komputer salah ketika hari ini dibuka. Karcisnya tersimpan dengan tanggal dan nomor itu, dan hari yang "
        "benar sudah dibuka. Tidak ada yang perlu dilakukan."
    ),
    "while_closed": msg("Loket dipakai ketika tercatat tutup. Tidak ada antrean yang berubah karenanya."),
    "already_open": msg("Hari dibuka kembali padahal masih buka. Tidak ada yang berubah."),
    "already_closed": msg("Hari ditutup padahal sudah tutup. Tidak ada yang berubah."),
    "published_twice": msg("Versi standar pelayanan yang sama diterbitkan dua kali; isinya sama."),
    "another_log": msg("Sebuah jurnal mengaku sebagai jurnal lain. Tidak diterima; periksa komputer asalnya."),
    "not_enrolled": msg("Ada keputusan tentang komputer yang tidak terdaftar. Tidak ada yang berubah."),
    "unreadable": msg("Catatan dari versi lain; disimpan utuh, tetapi belum terbaca di sini. Perbarui mppdesk."),
}
_ANY_STATE = msg("Langkah ini datang ketika nomornya sudah {state}, jadi tidak berlaku. Tidak ada yang hilang.")
_ANYTHING = msg("Langkah ini tidak cocok dengan yang sudah tercatat, jadi tidak berlaku. Tidak ada yang hilang.")


def meaning(row: AnomalyRow) -> Text:
    """What it means, and what is worth doing."""
    if row.reason in _BY_REASON:
        return _BY_REASON[row.reason]
    if row.reason.startswith(_WHILE):
        state = row.reason.removeprefix(_WHILE)
        sentence = _BY_KIND.get(row.kind, _ANY_STATE)
        return Text(sentence.source, {"state": _STATES.get(state, state)})
    return _ANYTHING


def who_and_where(row: AnomalyRow) -> str:
    return ", ".join(filter(None, (row.who, row.where)))
