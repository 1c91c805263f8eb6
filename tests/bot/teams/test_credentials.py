"""How the bot proves who it is, by what its operator has set."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from azure.identity import aio as identity
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID

from bot.settings import Settings, SettingsError
from bot.teams.credentials import EndpointCredential, credential_of
from tests.kit.teams import private_key

REGISTERED = {"app_id": "11111111-1111-4111-8111-111111111111", "app_tenant_id": "tenant"}


def _certificate(file: Path) -> Path:
    """A self-signed one, with its key, as PEM."""
    key = private_key("certificate")
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "tovholder")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=1))
    encoding = serialization.Encoding.PEM
    private = key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(private + made.sign(key, hashes.SHA256()).public_bytes(encoding))
    return file


async def _kind(**values: Any) -> type | None:
    async with aiohttp.ClientSession() as session:
        credential = credential_of(Settings(_env_file=None, **values), session)
        if credential is None:
            return None
        await credential.close()
        return type(credential)


async def test_secret_certificate_and_managed_identity_are_each_used(tmp_path: Path) -> None:
    certificate = _certificate(tmp_path / "bot.pem")
    assert await _kind(**REGISTERED, app_password="x") is identity.ClientSecretCredential
    assert await _kind(**REGISTERED, app_certificate=certificate) is identity.CertificateCredential
    assert await _kind(**REGISTERED, app_identity="managed") is identity.ManagedIdentityCredential
    assert await _kind(**REGISTERED, app_password="x", token_url="http://127.0.0.1/token") is EndpointCredential


async def test_without_registration_there_is_no_credential() -> None:
    assert await _kind() is None
    assert await _kind(**REGISTERED) is None


async def test_certificate_that_is_none_is_told_of(tmp_path: Path) -> None:
    file = tmp_path / "bot.pem"
    file.write_text("not a certificate", "utf-8")
    with pytest.raises(SettingsError, match="APP_CERTIFICATE"):
        await _kind(**REGISTERED, app_certificate=file)
