"""The certificate for the local network names its address."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509

from greenlife.lan import certificate_for

NOW = datetime(2026, 11, 2, tzinfo=UTC)


def test_the_certificate_names_the_address_and_the_key_is_the_owners_alone(tmp_path: Path) -> None:
    tls = certificate_for("192.0.2.7", folder=tmp_path, now=NOW)
    names = (
        x509.load_pem_x509_certificate(tls.certificate.read_bytes())
        .extensions.get_extension_for_class(x509.SubjectAlternativeName)
        .value
    )
    assert "192.0.2.7" in [str(address) for address in names.get_values_for_type(x509.IPAddress)]
    assert tls.key.stat().st_mode & 0o777 == 0o600
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(tls.certificate, tls.key)


def test_it_is_made_again_only_for_another_address_or_when_it_ends(tmp_path: Path) -> None:
    first = certificate_for("192.0.2.7", folder=tmp_path, now=NOW).certificate.read_bytes()
    assert certificate_for("192.0.2.7", folder=tmp_path, now=NOW).certificate.read_bytes() == first
    second = certificate_for("192.0.2.8", folder=tmp_path, now=NOW).certificate.read_bytes()
    assert second != first
    later = certificate_for("192.0.2.8", folder=tmp_path, now=NOW + timedelta(days=90)).certificate.read_bytes()
    assert later != second
