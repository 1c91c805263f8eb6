"""Gets the page's only library, Microsoft's Web Chat, with npm: `python -m bot.demo.fetch`."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from bot.operator_texts import say

PACKAGE = "botframework-webchat"
VERSION = "4.18.1"
WEBCHAT = Path("var/webchat")
BUNDLE = "webchat.js"
SHA256 = {
    BUNDLE: "0a68ad0a64fc04d621197da10c3eec0f843e16f7d03f6bcbed29b47517cf9bff",
    "webchat.js.LICENSE.txt": "0e5d49c2257986a71e6394be4e9a8257afdd212b204de2d6d8ed1cbe890badcc",
}
TIMEOUT_SECONDS = 180


class FetchError(Exception):
    """Web Chat could not be had; the message is a line for the person at the terminal."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"{problem} {say('chat_library.instead')}")


def is_there(directory: Path = WEBCHAT) -> bool:
    """Says whether the very files that are pinned lie in the directory."""
    return all(
        (directory / name).is_file() and _digest((directory / name).read_bytes()) == digest
        for name, digest in SHA256.items()
    )


def fetch(directory: Path = WEBCHAT) -> bool:
    """Puts the bundle and its licence into the directory; False when they were there already. Raises FetchError."""
    if is_there(directory):
        return False
    npm = shutil.which("npm")
    if npm is None:
        raise FetchError(say("chat_library.no_npm"))
    with tempfile.TemporaryDirectory() as work:
        files = _unpack(_download(npm, Path(work)))
    directory.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        unfinished = directory / f"{name}.part"
        unfinished.write_bytes(content)
        unfinished.replace(directory / name)
    return True


def _download(npm: str, work: Path) -> Path:
    command = [npm, "pack", f"{PACKAGE}@{VERSION}", "--ignore-scripts", "--silent", "--pack-destination", str(work)]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT_SECONDS, cwd=work)  # noqa: S603
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise FetchError(say("chat_library.not_fetched", package=f"{PACKAGE} {VERSION}")) from error
    return work / f"{PACKAGE}-{VERSION}.tgz"


def _unpack(archive: Path) -> dict[str, bytes]:
    """The pinned files alone; the other 160 MB of the package are left where they are."""
    with tarfile.open(archive) as package:
        files = {name: _member(package, f"package/dist/{name}") for name in SHA256}
    wrong = [name for name, content in files.items() if _digest(content) != SHA256[name]]
    if wrong:
        raise FetchError(say("chat_library.other_file", files=", ".join(wrong)))
    return files


def _member(package: tarfile.TarFile, name: str) -> bytes:
    try:
        file = package.extractfile(name)
    except KeyError:
        file = None
    if file is None:
        raise FetchError(say("chat_library.missing_file", file=name, package=f"{PACKAGE} {VERSION}"))
    return file.read()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def main() -> int:
    try:
        fetched = fetch()
    except FetchError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    key = "chat_library.fetched" if fetched else "chat_library.was_there"
    sys.stderr.write(f"{say(key, version=VERSION, place=WEBCHAT)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
