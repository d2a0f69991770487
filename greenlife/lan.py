"""A certificate of our own for the address in the local network, so that phones give the page its camera."""

import ipaddress
import socket
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from greenlife.errors import ConfigInvalid
from greenlife.serve import Tls

LIFE = timedelta(days=90)


def lan_address() -> str:
    """This machine's address in the local network; raises ConfigInvalid when it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Connecting a datagram socket sends nothing: it only asks the routing table which address would be used.
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            pass
    try:
        found = socket.gethostbyname(socket.gethostname())
    except OSError:
        found = ""
    if not found or ipaddress.ip_address(found).is_loopback:
        raise ConfigInvalid(where="network", key="LAN", why="this machine has no address in a local network")
    return found


def certificate_for(address: str, *, folder: Path, now: datetime) -> Tls:
    """A self-made certificate that names ``address`` and localhost; the one made before, while it is still good."""
    tls = Tls(folder / "lan-certificate.pem", folder / "lan-key.pem")
    if not _good(tls.certificate, address, now):
        key = ec.generate_private_key(ec.SECP256R1())
        folder.mkdir(parents=True, exist_ok=True)
        tls.key.touch(mode=0o600)
        tls.key.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        tls.certificate.write_bytes(_certificate(key, address, now).public_bytes(serialization.Encoding.PEM))
    return tls


def _good(path: Path, address: str, now: datetime) -> bool:
    if not path.exists():
        return False
    certificate = x509.load_pem_x509_certificate(path.read_bytes())
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    named = names.get_values_for_type(x509.IPAddress)
    return ipaddress.ip_address(address) in named and now < certificate.not_valid_after_utc - timedelta(days=1)


def _certificate(key: ec.EllipticCurvePrivateKey, address: str, now: datetime) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "green life code demo")])
    names = [
        x509.IPAddress(ipaddress.ip_address(address)),
        x509.DNSName("localhost"),
        x509.IPAddress(ipaddress.ip_address("127.0.0.1")),
    ]
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + LIFE)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )
