"""The site's own certificate authority: made once by `mppdesk hub init`, known to stations by its fingerprint."""

import hashlib
import hmac
import ipaddress
import os
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from mppdesk.server.serving import Certificate

FOLDER = "tls"
AUTHORITY_FILE = "authority.pem"
_AUTHORITY_KEY = "authority-key.pem"
_SERVER_FILE = "server.pem"
_SERVER_KEY = "server-key.pem"
_AUTHORITY_YEARS = 20
# Apple and the browsers refuse longer ones; the hub makes a new one at each start near its end.
_SERVER_DAYS = 397
_RENEW_DAYS = 30


def has_authority(home: Path) -> bool:
    """Whether `hub init` made an authority here."""
    return (home / FOLDER / AUTHORITY_FILE).exists()


def authority(home: Path) -> bytes | None:
    """The authority's certificate in PEM, which everybody may know; None before `hub init`."""
    path = home / FOLDER / AUTHORITY_FILE
    return path.read_bytes() if path.exists() else None


def make_authority(home: Path, site_name: str, secret: bytes, now: datetime) -> str:
    """Make the authority of a building; answers its fingerprint. The key is encrypted under the folder's secret."""
    folder = home / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    key = generate_private_key(SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, "mppdesk"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, site_name[:64]),
        ]
    )
    certificate = (
        _builder(name, name, key, now, now + timedelta(days=365 * _AUTHORITY_YEARS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(_issued_by(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _write(folder / _AUTHORITY_KEY, _encrypted(key, secret))
    _write(folder / AUTHORITY_FILE, certificate.public_bytes(Encoding.PEM))
    return fingerprint(home)


def for_standby(home: Path) -> dict[str, str] | None:
    """The authority with its encrypted key (PEM), for a standby, which has the secret; None before `hub init`."""
    if not has_authority(home):
        return None
    folder = home / FOLDER
    return {"certificate": (folder / AUTHORITY_FILE).read_text(), "key": (folder / _AUTHORITY_KEY).read_text()}


def adopt_authority(home: Path, certificate: str, key: str) -> None:
    """Keep the site's authority in a standby's folder, so that stations believe it as they believe the hub."""
    folder = home / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    _write(folder / _AUTHORITY_KEY, key.encode())
    _write(folder / AUTHORITY_FILE, certificate.encode())


def fingerprint(home: Path) -> str:
    """SHA-256 of the authority's certificate, in hex: what a station compares before it believes the hub."""
    return hashlib.sha256(_authority(home).public_bytes(Encoding.DER)).hexdigest()


def server_certificate(home: Path, names: Sequence[str], secret: bytes, now: datetime) -> Certificate:
    """The certificate for these host names and addresses; made anew when names changed or its end is near."""
    folder = home / FOLDER
    if not _still_good(folder / _SERVER_FILE, names, now):
        key = generate_private_key(SECP256R1())
        issuer = _authority(home)
        authority_key = load_pem_private_key((folder / _AUTHORITY_KEY).read_bytes(), _password(secret).encode())
        assert isinstance(authority_key, EllipticCurvePrivateKey)
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0][:64])])
        certificate = (
            _builder(subject, issuer.subject, key, now, now + timedelta(days=_SERVER_DAYS))
            .add_extension(x509.SubjectAlternativeName([_alternative(name) for name in names]), critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signs_certificates=False), critical=True)
            .add_extension(_issued_by(authority_key.public_key()), critical=False)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .sign(authority_key, hashes.SHA256())
        )
        _write(folder / _SERVER_KEY, _encrypted(key, secret))
        _write(folder / _SERVER_FILE, certificate.public_bytes(Encoding.PEM))
    return Certificate(str(folder / _SERVER_FILE), str(folder / _SERVER_KEY), _password(secret))


def _builder(
    subject: x509.Name, issuer: x509.Name, key: EllipticCurvePrivateKey, now: datetime, until: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))  # a station's clock may be behind
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _issued_by(issuer: EllipticCurvePublicKey) -> x509.AuthorityKeyIdentifier:
    """Required by RFC 5280, 4.2.1.1; Python 3.13 refuses a certificate without it."""
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer)


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _still_good(path: Path, names: Sequence[str], now: datetime) -> bool:
    if not path.exists():
        return False
    certificate = x509.load_pem_x509_certificate(path.read_bytes())
    covered = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    is_current = certificate.not_valid_after_utc - timedelta(days=_RENEW_DAYS) > now
    return is_current and set(covered) == {_alternative(name) for name in names}


def _authority(home: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate((home / FOLDER / AUTHORITY_FILE).read_bytes())


def _password(secret: bytes) -> str:
    return hmac.new(secret, b"tls keys", hashlib.sha256).hexdigest()


def _encrypted(key: EllipticCurvePrivateKey, secret: bytes) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(_password(secret).encode()))


def _write(path: Path, content: bytes) -> None:
    """Replace a file whole; keys are readable by this user only."""
    temporary = path.with_suffix(".new")
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
