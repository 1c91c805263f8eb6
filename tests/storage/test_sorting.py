import pytest

from storage.sorting import danish_key, number_key, searchable


def test_danish_letters_stand_last_in_the_alphabet() -> None:
    names = ["Årsplan", "Aalborg", "Ørsted", "Æble", "Zoo", "abe", "Èn", "Eva", "Müller", "Mynte"]
    assert sorted(names, key=danish_key) == [
        "abe",
        "Èn",
        "Eva",
        "Müller",
        "Mynte",
        "Zoo",
        "Æble",
        "Ørsted",
        "Aalborg",
        "Årsplan",
    ]


def test_numbers_in_numbers_sort_by_size() -> None:
    assert sorted(["P10", "P9", "A2-10", "A2-9"], key=number_key) == ["A2-9", "A2-10", "P9", "P10"]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("  ÆRØ\t Å ", "ærø å"),
        ("A\u030aben", "åben"),
        ("a\x00b\ud800c", "a b c"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
    ],
)
def test_search_makes_no_difference_of_case_spacing_and_composition(written: str, found: str) -> None:
    assert searchable(written) == found
