"""The building's certificates pass the strictest check that a client makes, the default since Python 3.13."""

import ssl
from pathlib import Path

import pytest

from mppdesk.db.home import SystemClock
from mppdesk.server import certificates
from mppdesk.server.serving import Certificate

NAMES = ("192.168.1.10", "hub.mpp.example", "localhost")


@pytest.fixture
def certificate(tmp_path: Path) -> Certificate:
    certificates.make_authority(tmp_path, "MPP Contoh", bytes(32), SystemClock().now())
    return certificates.server_certificate(tmp_path, NAMES, bytes(32), SystemClock().now())


def shake_hands(authority: Path, certificate: Certificate, name: str) -> None:
    """A whole TLS handshake without a network; raises what the client refuses."""
    trusting = ssl.create_default_context(cafile=str(authority))
    trusting.verify_flags |= ssl.VERIFY_X509_STRICT
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(certificate.certificate, certificate.key, certificate.password)
    there, here = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = trusting.wrap_bio(here, there, server_hostname=name)
    server = serving.wrap_bio(there, here, server_side=True)
    waiting = [client, server]
    while waiting:
        side = waiting.pop(0)
        try:
            side.do_handshake()
        except ssl.SSLWantReadError:
            waiting.append(side)


@pytest.mark.parametrize("name", NAMES)
def test_a_strict_client_believes_the_hub_under_each_of_its_names(
    name: str, tmp_path: Path, certificate: Certificate
) -> None:
    shake_hands(tmp_path / certificates.FOLDER / certificates.AUTHORITY_FILE, certificate, name)


def test_another_name_and_another_building_are_not_believed(tmp_path: Path, certificate: Certificate) -> None:
    (tmp_path / "other").mkdir()
    certificates.make_authority(tmp_path / "other", "MPP Lain", bytes(32), SystemClock().now())
    own, other = (home / certificates.FOLDER / certificates.AUTHORITY_FILE for home in (tmp_path, tmp_path / "other"))

    with pytest.raises(ssl.SSLCertVerificationError):
        shake_hands(own, certificate, "192.168.1.11")
    with pytest.raises(ssl.SSLCertVerificationError):
        shake_hands(other, certificate, NAMES[0])
