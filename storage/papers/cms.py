"""Who signed a CMS file (.cms, .p7s): name and IIN as the signer's certificate says them. The signature is not verified.

Kazakhstan's certificates carry the IIN in the subject's serialNumber as IIN and twelve digits, and the BIN in organizationalUnit.
Not here: verifying, which needs the national root and its revocation lists.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

from domain.papers.findings import Finding
from storage.papers.refusal import Refused

_IIN = re.compile(r"IIN(\d{12})")


@dataclass(frozen=True, slots=True)
class Signer:
    name: str
    iin: str
    until: str
    """Last day of the certificate, ISO, UTC."""


def open_cms(data: bytes) -> list[Signer]:
    """Everybody whose certificate lies in the file and has an IIN. Raises Refused (broken)."""
    try:
        load = pkcs7.load_pem_pkcs7_certificates if data.startswith(b"-----") else pkcs7.load_der_pkcs7_certificates
        certificates = load(data)
        return [signer for certificate in certificates if (signer := _signer(certificate)) is not None]
    except Exception as error:  # foreign keys and malformed names raise more than ValueError
        raise Refused(Finding.BROKEN) from error


def _signer(certificate: x509.Certificate) -> Signer | None:
    numbers = [str(value.value) for value in certificate.subject.get_attributes_for_oid(NameOID.SERIAL_NUMBER)]
    found = _IIN.search(" ".join(numbers))
    if found is None:
        return None
    common = [str(value.value) for value in certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)]
    given = [str(value.value) for value in certificate.subject.get_attributes_for_oid(NameOID.GIVEN_NAME)]
    name = " ".join(dict.fromkeys(" ".join([*common, *given]).split()))
    return Signer(name, found[1], certificate.not_valid_after_utc.date().isoformat())
