"""The names of months, days and parts of the year."""

from __future__ import annotations

from typing import Literal

Language = Literal["da", "en"]

MONTHS: dict[Language, tuple[str, ...]] = {
    "da": ("januar", "februar", "marts", "april", "maj", "juni",
           "juli", "august", "september", "oktober", "november", "december"),
    "en": ("January", "February", "March", "April", "May", "June",
           "July", "August", "September", "October", "November", "December"),
}  # fmt: skip
_SHORT = {"mrt": 3, "sept": 9, "okt": 10, "oct": 10}

MONTH_NUMBERS: dict[str, int] = {
    **{name.lower(): number for names in MONTHS.values() for number, name in enumerate(names, 1)},
    **{name.lower()[:3]: number for names in MONTHS.values() for number, name in enumerate(names, 1)},
    **_SHORT,
}
ENGLISH_ONLY_MONTHS = frozenset(name.lower() for name in MONTHS["en"]) - frozenset(MONTHS["da"])

WEEKDAYS: dict[str, int] = {
    name: number
    for names in (
        ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    )
    for number, name in enumerate(names)
}

ORDINALS = {"første": 1, "andet": 2, "tredje": 3, "fjerde": 4, "first": 1, "second": 2, "third": 3, "fourth": 4}

# A month's three parts, in days; ends with the month's own last day.
THIRDS: dict[str, tuple[int, int | None]] = {
    "primo": (1, 10), "medio": (11, 20), "ultimo": (21, None),
    "early": (1, 10), "mid": (11, 20), "late": (21, None),
}  # fmt: skip

SEASONS = ("forår", "sommer", "efterår", "vinter", "spring", "summer", "autumn", "fall", "winter")
