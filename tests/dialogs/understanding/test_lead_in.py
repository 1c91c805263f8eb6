"""What leads up to a question is passed over where it does nothing else, and only then."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.features import understand
from dialogs.turn.readings import Asked, Unclear
from dialogs.understanding.language.lead_in import without_introduction, without_lead_in
from dialogs.understanding.language.lexicon import Lexicon

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("jeg ville sætte pris på en oversigt over de røde", "de røde"),
        ("ka du ik lige finde en liste med de røde", None),
        ("ka du lige finde en liste med de røde", "de røde"),
        ("hej, jeg har et spørgsmål: hvem leder skærmbesøg", "hvem leder skærmbesøg"),
        ("vis mig også de lukkede", "også de lukkede"),
        ("I'd appreciate a quick overview of the red ones", "the red ones"),
        ("any chance you could pull up the late ones", "the late ones"),
        ("de røde", None),
        ("jeg vil ikke se de røde", None),
        ("kan du vise mig", None),
    ],
)
def test_words_that_ask_for_it_lead_up_to_it(text: str, rest: str | None) -> None:
    assert without_lead_in(text) == rest


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("ja det er hans jørgen her sæt gadelys til grøn", "sæt gadelys til grøn"),
        ("Hans-Jørgen her, hvad mangler jeg", "hvad mangler jeg"),
        ("det er mette her, hvad mangler jeg", "det er mette her, hvad mangler jeg"),
        ("hans her", "hans her"),
        ("hans projekter her i huset", "hans projekter her i huset"),
    ],
)
def test_one_who_says_their_name_is_not_asked_about(text: str, rest: str) -> None:
    assert without_introduction(text, "Hans-Jørgen Æbeltoft") == rest


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("hej jeg er tilbage fra orlov, vis mine projekter", True),
        ("jeg er tilbage fra barsel. hvilke projekter er røde?", True),
        ("jeg er tilbage fra orlov", False),
    ],
)
def test_question_beside_what_somebody_tells_of_themselves_is_answered(
    text: str, is_asked: bool, lexicon: Lexicon
) -> None:
    jonas = next(person for person in lexicon.vocabulary.people if person.name.startswith("Jonas"))
    assert isinstance(understand(text, lexicon, jonas, TODAY), Asked) is is_asked


@pytest.mark.parametrize("text", ["skriv slut på de røde", "kan du vise mig vejret", "jeg savner de røde roser"])
def test_rest_that_is_not_understood_is_not_made_up(text: str, lexicon: Lexicon) -> None:
    assert isinstance(understand(text, lexicon, None, TODAY), Unclear)
