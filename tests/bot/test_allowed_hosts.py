"""The hosts that a file may be put to: those named and those below them, and nothing that only looks like one."""

from __future__ import annotations

import pytest

from bot.allowed_hosts import UploadHosts
from bot.settings import Settings


def hosts(named: str | None = None, mode: str = "production") -> UploadHosts:
    named_too = {"upload_hosts": named} if named else {}
    return UploadHosts(Settings(_env_file=None, mode=mode, **named_too))


@pytest.mark.parametrize(
    "url",
    [
        "https://kommune-my.sharepoint.com/personal/x/_api/v2.0/drive/items/1/uploadSession?guid='a'&tempauth=b",
        "https://kommune.sharepoint.com/sites/x",
        "https://KOMMUNE.SharePoint.com/x",
        "https://sharepoint.com/x",
        "https://kommune.sharepoint.com:443/x",
    ],
)
def test_file_may_go_to_the_organisations_own_place(url: str) -> None:
    assert hosts().allow(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://kommune.sharepoint.com/x",
        "https://evilsharepoint.com/x",
        "https://sharepoint.com.evil.example/x",
        "https://evil.example/?x=kommune.sharepoint.com",
        "https://evil.example/kommune.sharepoint.com",
        "https://kommune.sharepoint.com@evil.example/x",
        "https://user:word@kommune.sharepoint.com/x",
        "https://kommune.sharepoint.com\\@evil.example/x",
        "https://kommune.sharepoint.com/#x",
        "https://kommune.sharepoint.com:0/x",
        "https://kommune.sharepoint.com:x/x",
        "https://.sharepoint.com.evil.example",
        "https://127.0.0.1/x",
        "http://127.0.0.1/x",
        "http://localhost/x",
        "https://169.254.169.254/x",
        "https://[::ffff:169.254.169.254]/x",
        "https://[::1",
        "ftp://kommune.sharepoint.com/x",
        "//kommune.sharepoint.com/x",
        "kommune.sharepoint.com",
        "https://kommune.sharepoint.com/\x00",
        "",
    ],
)
def test_file_goes_nowhere_else(url: str) -> None:
    assert not hosts().allow(url)
    assert not hosts(mode="local").allow(url)


def test_operator_may_name_the_own_host_alone() -> None:
    own = hosts("kommune-my.sharepoint.com")
    assert own.allow("https://kommune-my.sharepoint.com/x?y=z")
    assert not own.allow("https://other-my.sharepoint.com/x")


def test_this_machine_is_a_place_where_it_is_named() -> None:
    here = hosts("127.0.0.1")
    assert here.allow("http://127.0.0.1:8000/x?y=z")
    assert not here.allow("http://x.127.0.0.1/x")
