"""Messages that order or measure once more what was found: "og færrest", "pr. forvaltning", "og det billigste"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from dialogs.turn.readings import Asked, Choice, Clarify, Reading
from dialogs.understanding.following.cues import small_words
from dialogs.understanding.following.last import Last, list_of
from dialogs.understanding.following.merging import How, merged, taken_over
from dialogs.understanding.following.said import Said
from dialogs.understanding.language.phrasebook import phrases_of, spelled_phrases
from portfolio.memory import Item
from portfolio.projects.status import DEFAULT_RHYTHM_DAYS
from portfolio.questions import catalogue
from portfolio.questions.catalogue import ATTRIBUTES, Attribute, Kind
from portfolio.questions.question import Figure, FigureKind, Is, Question, Sort, Target

# Says where and whose projects are, rather than what they are like.
_PLACED = frozenset({Kind.NAME, Kind.PERSON})
_OVER = Is(catalogue.OVER_BUDGET, (True,))
_MONEY = frozenset({catalogue.BUDGET, catalogue.SPEND, catalogue.REMAINING})


def ranks(said: Said) -> bool:
    """Say whether it asks for the most or the least of something."""
    return _says("rank", said)


def asked_anew(said: Said, last: Question, read: Callable[[str], Reading]) -> Question | None:
    """Return the last question with one thing changed: what is measured, by what, in which order or where. None where
    the message changes none of these."""
    if question := ranked_again(said, last, read):
        return question
    changes = (measured_anew, of_other_light, divided_anew, by_other_amount, everywhere)
    return next((question for change in changes if (question := change(said, last))), None)


def ranked_again(said: Said, last: Question, read: Callable[[str], Reading]) -> Question | None:
    """ "og færrest", "hvilket har flest projekter": the groups of the last answer in the order that is said."""
    by = last.group_by
    if last.target is not Target.GROUPS or by is None or not ranks(said) or _says("noun", said):
        return None
    of_them = f"hvilken {_noun(by)} har {said.without('which_one')}"
    meant = read(of_them)
    if not isinstance(meant, Asked) or meant.question.group_by is not by or meant.question.sort is None:
        return None
    question = meant.question
    figure = last.figure if _only_counts(question.figure) and not said.names_subject else question.figure
    where = (*last.where, *(test for test in question.where if test not in last.where))
    result = replace(last, where=where, figure=figure, sort=question.sort, limit=question.limit)
    return replace(result, inherited=taken_over(result, question, last))


def of_one_group(said: Said, last: Last, reading: Reading, only: Callable[[Item], Question]) -> Clarify | None:
    """ "vis dem", "hvad er deres budget", of groups in their order: which one is meant is asked, rather than answered
    for all there are. `only` gives the projects of a group."""
    question = last.question
    is_one = question.target is Target.GROUPS and (question.sort or not (question.where or question.any_of))
    points = said.has("them", "those", "it", "maybe_them", "there") or said.asks_which
    if not (is_one and points and len(last.shown) > 1):
        return None
    asked = reading.question if isinstance(reading, Asked) and not said.only_shows else Question()
    choices = []
    for item in last.shown:
        meant = merged(asked, only(item), How.AMONG, None)
        if isinstance(meant, Asked):
            choices.append(Choice(item[0], None if item[1] is None else str(item[1]), meant.question))
    return Clarify(said.text.strip(), tuple(choices)) if len(choices) > 1 else None


def says_open(said: Said) -> bool:
    """ "og de åbne", "tilbage til de aktive" """
    return "open" in _values("scope", said)


def everywhere(said: Said, last: Question) -> Question | None:
    """ "og i hele porteføljen", after those of a department: the same of all, wherever and whose they are."""
    wide = tuple(test for test in last.where if not (isinstance(test, Is) and test.attribute.kind in _PLACED))
    if wide == last.where or not said.says_everywhere:
        return None
    result = replace(last, where=wide)
    return replace(result, inherited=taken_over(result, Question(), last))


def by_other_amount(said: Said, last: Question) -> Question | None:
    """ "og på forbrug", after the five with the largest budgets: those with the most of that."""
    amounts = _values("amount", said)
    is_ranked = last.sort is not None and last.limit is not None and last.sort.attribute.is_amount
    if (
        not is_ranked
        or len(amounts) != 1
        or not (said.goes_on or said.has("replace"))
        or not _says_only("amount", said)
    ):
        return None
    other = replace(last, sort=Sort(amounts.pop(), descending=last.sort.descending if last.sort else True))
    return replace(other, inherited=taken_over(other, Question(sort=other.sort), last))


def first_by_other(fragment: Question, last: Question) -> Question | None:
    """ "og det billigste" after the dearest: the same, in another order."""
    if fragment.sort is None or fragment.where or fragment.any_of:
        return None
    other = replace(last, sort=fragment.sort, limit=fragment.limit or last.limit)
    return replace(other, inherited=taken_over(other, fragment, last))


def measured_anew(said: Said, last: Question) -> Question | None:
    """ "og i procent", "og i snit": what was added up or told, measured in another way; "hvor meget i alt", of those
    over budget."""
    if said.only_says("how_far_over") and said.says_how_much and _OVER in last.where:
        over = Question(Target.FIGURE, last.where, figure=Figure(FigureKind.SUM, catalogue.OVERRUN))
        return replace(over, inherited=taken_over(over, Question(Target.FIGURE, figure=over.figure), last))
    if said.only_says("percent"):
        if last.target is Target.FIELD and last.fact in _MONEY:
            return replace(last, fact=catalogue.CONSUMPTION, inherited=frozenset({"projects"}))
        figure = Figure(FigureKind.RATIO, catalogue.CONSUMPTION)
    elif said.only_says("average") and last.figure and last.figure.amount and last.figure.kind is FigureKind.SUM:
        figure = replace(last.figure, kind=FigureKind.AVERAGE)
    else:
        return None
    is_of_money = last.figure is not None and last.figure.amount in _MONEY
    if last.target not in {Target.FIGURE, Target.GROUPS} or not is_of_money:
        return None
    result = replace(last, figure=figure)
    return replace(result, inherited=taken_over(result, Question(last.target, figure=figure), last))


def divided_anew(said: Said, last: Question) -> Question | None:
    """ "hvad med kategori", after those divided by phase: the same, divided by that."""
    nouns = _values("noun", said)
    if last.target is not Target.GROUPS or len(nouns) != 1 or not _says_only("noun", said):
        return None
    by = ATTRIBUTES[nouns.pop()]
    if not (by.groups and (said.goes_on or said.has("replace", "opening"))):
        return None
    result = replace(last, group_by=by)
    return replace(result, inherited=taken_over(result, Question(Target.GROUPS, group_by=by), last))


def of_other_light(said: Said, last: Question) -> Question | None:
    """ "og på tid", after those whose economy is red: the same of another light."""
    tested = [test for test in last.where if isinstance(test, Is) and test.attribute in catalogue.LIGHTS]
    lights = _values("light", said)
    if len(tested) != 1 or len(lights) != 1 or not (said.goes_on or said.has("replace")):
        return None
    if not _says_only("light", said):
        return None
    other = ATTRIBUTES[lights.pop()]
    where = tuple(replace(test, attribute=other) if test is tested[0] else test for test in last.where)
    result = replace(last, where=where)
    return replace(result, inherited=taken_over(result, Question(where=where), last))


def in_order_of_days(said: Said, last: Question) -> Question | None:
    """ "hvornår slutter de": the projects with their days, the earliest first."""
    if not said.has("them", "those") or not said.asks_when:
        return None
    days = sorted(_values("period", said) & {"end", "start"})
    listed = list_of(last)
    if not days or listed.target is not Target.PROJECTS or not listed.is_sound:
        return None
    ordered = replace(listed, sort=Sort(days[0]))
    return replace(ordered, inherited=taken_over(ordered, Question(sort=ordered.sort), last))


def completed(fragment: Question, last: Question, said: Said, today: date) -> Question:
    """The fragment, with what it leaves to the question before: the time of a change, what is measured, and by what to
    divide."""
    changed = fragment.changed
    if changed and last.changed and changed.first == today - timedelta(days=DEFAULT_RHYTHM_DAYS):
        since = {name: getattr(last.changed, name) for name in ("first", "last", "since_meeting")}
        where = (replace(changed, **since) if test is changed else test for test in fragment.where)
        fragment = replace(fragment, where=tuple(where))
    is_number = fragment.target is Target.COUNT and not fragment.where and (said.has("replace") or said.says_number)
    if last.target is Target.GROUPS and is_number:  # "hvad med antal projekter i stedet"
        return replace(fragment, target=Target.GROUPS, group_by=last.group_by, figure=Figure(FigureKind.COUNT))
    is_divided = last.target is Target.GROUPS and fragment.target is Target.FIGURE and fragment.figure is not None
    if is_divided and not said.has("them", "maybe_them") and not said.sums_up:
        return replace(fragment, target=Target.GROUPS, group_by=last.group_by)
    is_measured = last.figure is not None and last.figure.amount is not None
    is_counted = fragment.target is Target.GROUPS and _only_counts(fragment.figure)
    if last.figure is None or not (is_measured and is_counted) or said.counts or said.names_subject:
        return fragment
    return replace(fragment, figure=replace(last.figure, kind=FigureKind.SUM) if said.sums_up else last.figure)


def _says(section: str, said: Said) -> bool:
    return bool(_values(section, said))


def _values(section: str, said: Said) -> set[str]:
    """Return the values of the section's phrases that stand in the message."""
    stems = [word.stem for word in said.words]
    found = (phrases_of(section).longest(stems, at) for at in range(len(stems)))
    return {meaning.value for match in found if match for meaning in match[1]}


def _says_only(section: str, said: Said) -> bool:
    """Say whether, besides such phrases, it says nothing but small words."""
    small, words = small_words("which_one") | small_words("shows"), phrases_of(section).words
    return all(word.stem in words or word.key in small or word.text == "," for word in said.free)


def _only_counts(figure: Figure | None) -> bool:
    return figure is not None and figure.kind is FigureKind.COUNT


def _noun(attribute: Attribute) -> str:
    return next(" ".join(keys) for keys, names in spelled_phrases("noun").items() if attribute.name in names)
