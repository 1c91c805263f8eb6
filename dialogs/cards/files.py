"""Cards that hand a file over in somebody's own chat: shapes of Teams' own, which stand alone in a message."""

from __future__ import annotations

from typing import Any

from dialogs.cards.elements import Element
from dialogs.turn.button import Button, carried

CONSENT, INFO = "FileConsentCard", "FileInfoCard"


def consent_card(name: str, description: str, size: int, accept: Button, decline: Button) -> Element:
    """Asks for consent to put a file of so many bytes into the reader's OneDrive."""
    contexts = {"acceptContext": carried(accept), "declineContext": carried(decline)}
    return {
        "type": CONSENT,
        "name": name,
        "content": {"description": description, "sizeInBytes": size, **contexts},
    }


def info_card(name: str, address: str, file_id: str, kind: str) -> Element:
    """Opens the file where it lies now."""
    return {
        "type": INFO,
        "name": name,
        "contentUrl": address,
        "content": {"uniqueId": file_id, "fileType": kind},
    }


def is_file(card: dict[str, Any] | None) -> bool:
    """Say whether it is one of these, which no other card can stand in the place of."""
    return card is not None and card["type"] in (CONSENT, INFO)
