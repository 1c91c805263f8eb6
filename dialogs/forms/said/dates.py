"""A date as it is said: "3. juni", "på fredag", "slutter i uge 26", "med udgangen af juni"."""

from __future__ import annotations

from dialogs.forms.checking import Unread, several_days_fault, unreadable
from dialogs.forms.fields import Fault, Field, date_value
from dialogs.forms.said.words import without_filler
from dialogs.turn.audience import Audience
from dialogs.values.dates import DateFault, UnreadableDate
from dialogs.values.relative_dates import said_date
from portfolio.dates import PlanDate

_SIGNS = " \t\n!?;:,»«\"'()"
# These faults say what to write even where the text is no date.
_TELLING = {
    DateFault.SEASON: "date_season",
    DateFault.AMBIGUOUS: "date_ambiguous",
    DateFault.NO_SUCH_DATE: "date_none_such",
    DateFault.WRONG_ORDER: "date_order",
    DateFault.WRONG_WEEKDAY: "date_weekday",
    DateFault.YEAR_OUT_OF_RANGE: "date_none_such",
}


def read_date(field: Field, text: str, audience: Audience) -> str:
    """Return the canonical value, with the precision that it was said in. Raises Unread."""
    said = " ".join(text.split()).strip(_SIGNS)
    date = _date(field, said, audience)
    if field.is_day and date.first != date.last:
        raise Unread(several_days_fault(field, date, audience.texts), is_near=True)
    return date_value(date)


def _date(field: Field, said: str, audience: Audience) -> PlanDate:
    telling: DateFault | None = None
    for words in dict.fromkeys((said, said.rstrip("."), *_bare(said, field))):
        try:
            return said_date(words, audience.today)
        except UnreadableDate as fault:
            if telling is None and fault.reason in _TELLING:
                telling = fault.reason
    if telling is not None:
        raise Unread(Fault(field.name, _TELLING[telling], {}), is_near=True)
    is_near = bool(said) and not any(letter.isalpha() for letter in said)
    raise Unread(unreadable(field, said, audience.texts), is_near=is_near)


def _bare(said: str, field: Field) -> list[str]:
    """Leave out small words, then the words of the field's name too."""
    return [without_filler(said.rstrip("."), _SIGNS, "date", field=named) for named in (None, field)]
