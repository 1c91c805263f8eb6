"""Reporting status: opening the form, taking it in, repeating the newest report, correcting it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from dialogs.cards.buttons import Correct, Report, Unchanged
from dialogs.cards.elements import colour_word
from dialogs.forms.fields import Answers
from dialogs.forms.filling import OpenForm
from dialogs.forms.opening import Way, opened, shown
from dialogs.refusal import refuse
from dialogs.remark import Remark
from dialogs.rounds import handlers as rounds
from dialogs.status.choice_card import ToReport, WhichProject, is_waiting
from dialogs.status.form import CORRECTION, status_form
from dialogs.status.others import theirs_of
from dialogs.status.receipt_card import Receipt, open_barriers
from dialogs.status.submission import repeat_newest, submission_of
from dialogs.turn.answer import Answer
from dialogs.turn.audience import Audience
from dialogs.turn.orders import CorrectStatus, ProjectOrder, RepeatStatus, ReportStatus
from dialogs.turn.reply import Refusal, UserError
from dialogs.turn.visit import Visit
from dialogs.understanding.status.line import read_line
from dialogs.undoable import remember
from dialogs.wording.days import name_words
from dialogs.wording.values import day_words, moment_words
from portfolio.audit import Action
from portfolio.bodies import BodyKind, Meeting
from portfolio.deeds import TIME_TO_UNDO
from portfolio.drafts import FormDraft
from portfolio.questions.question import meetings_of
from portfolio.rights import may_report, reporters
from portfolio.status.reporting import (
    CORRECTION_TIME,
    MOST_VERSIONS,
    Overtaken,
    ProjectClosed,
    Publication,
    PublicationKey,
    Reportable,
    Submission,
)
from portfolio.status.unchanged import Guard, guard_of


async def report_status(visit: Visit, order: ReportStatus) -> Answer:
    """Opens the form on the project that is named, or asks which; with a status told at once it is a summary."""
    if len(order.projects) != 1 or order.maybe:
        return await _which_project(visit, order, order.line)
    if order.by_the_way and (theirs := await theirs_of(visit, order.projects[0])):
        return theirs
    answers = read_line(order.line, visit.today) if order.line else {}
    way = Way.STEPS if order.in_steps else Way.CARD
    return await report(visit, order.projects[0], answers=answers, way=way)


async def correct_status(visit: Visit, order: CorrectStatus) -> Answer:
    """Opens the newest report of the project that is named, or asks which project."""
    if len(order.projects) != 1 or order.maybe:
        return await _which_project(visit, order)
    return await correct(visit, order.projects[0])


async def report_unchanged(visit: Visit, order: RepeatStatus) -> Answer:
    if len(order.projects) != 1 or order.maybe:
        return await _which_project(visit, order)
    return await repeat_report(visit, order.projects[0])


async def _which_project(visit: Visit, order: ProjectOrder, status_line: str | None = None) -> Answer:
    """Ask among those that may be meant, or among all that the person reports on."""
    several = order.maybe or order.projects
    if several:
        return WhichProject(several, status_line)
    return await to_report(visit, unknown=order.unknown, status_line=status_line)


async def report_pressed(visit: Visit, button: Report) -> Answer:
    if button.project is None:
        return await to_report(visit, offset=button.offset)
    answers = read_line(button.said, visit.today) if button.said else {}
    way = Way.STEPS if button.steps else Way.CARD
    return await report(visit, button.project, answers=answers, way=way)


async def unchanged_pressed(visit: Visit, button: Unchanged) -> Answer:
    return await repeat_report(visit, button.project, button.revision)


async def correct_pressed(visit: Visit, button: Correct) -> Answer:
    return await correct(visit, button.project)


async def to_report(
    visit: Visit, *, offset: int = 0, unknown: tuple[str, ...] = (), status_line: str | None = None
) -> Answer:
    """Shows the projects that the person reports on; opens the form at once when there is only one."""
    reportables = await visit.stores.reporting.led_by(visit.person.id, visit.today)
    if len(reportables) == 1 and not unknown:
        answers = read_line(status_line, visit.today) if status_line else {}
        return await _open_form(visit, reportables[0], answers, Way.SUMMARY if answers else Way.CARD)
    if not reportables and not unknown:
        return Remark("nothing_to_report")
    return ToReport(
        tuple(reportables),
        tuple(guard_of(reportable, visit.today) for reportable in reportables),
        offset,
        unknown,
        status_line,
    )


async def report(visit: Visit, number: str, *, answers: Mapping[str, str] | None = None, way: Way = Way.CARD) -> Answer:
    """Opens the form on one project; with `answers` said already it is a summary to say yes to."""
    reportable = await _permitted(visit, number)
    if isinstance(reportable, Remark):
        return reportable
    if answers and answers.get("overall") == "":
        way = Way.STEPS  # a colour was spoken of, but not which
    elif answers:
        way = Way.SUMMARY
    return await _open_form(visit, reportable, answers or {}, way)


async def correct(visit: Visit, number: str) -> Answer:
    """Opens the newest report for correction while there is time; after that a new one is the way."""
    reportable = await _permitted(visit, number)
    if isinstance(reportable, Remark):
        return reportable
    if reportable.correctable(visit.now) is None:
        return Remark("too_late", {"title": reportable.detail.project.title}, projects=(number,))
    form = status_form(reportable, visit.audience, kind=CORRECTION)
    return await opened(visit, form, number, reportable.revision)


async def repeat_report(visit: Visit, number: str, revision: int | None = None) -> Answer:
    """The newest report once more, where that is an answer; the form with the reason where it isn't.

    `revision` is what the button was made for. Pressed twice, it says the same twice.
    """
    reportable = await _permitted(visit, number)
    if isinstance(reportable, Remark):
        return reportable
    if _is_repeated_press(visit, reportable, revision):
        return await _receipt(visit, reportable, reportable.standing[0])
    if revision is not None and revision != reportable.revision:
        return await _open_form(visit, reportable, {}, Way.CARD, notice=_overtaken_words(visit, reportable))
    if guard := guard_of(reportable, visit.today):
        return await _open_form(visit, reportable, {}, Way.CARD, notice=_guard_words(visit, guard))
    try:
        return await _publish(visit, reportable, repeat_newest(reportable, visit), None)
    except Overtaken:
        return await repeat_report(visit, number, reportable.revision)


async def open_form(visit: Visit, draft: FormDraft) -> OpenForm:
    """Raises UserError where the project is gone."""
    reportable = await reportable_of(visit, draft.subject)
    return OpenForm(status_form(reportable, visit.audience, kind=draft.kind), partial(_hand_in, visit, reportable))


async def _hand_in(visit: Visit, reportable: Reportable, draft: FormDraft, answers: Answers) -> Answer:
    """Publishes what the form says, unless somebody was first, or it says nothing new where something must be said."""
    if refusal := await _refusal(visit, reportable):
        return refusal
    if draft.revision != reportable.revision:
        return await _after_overtaking(visit, draft)
    submission = submission_of(reportable, answers, visit, revision=draft.revision, kind=draft.kind)
    if submission.is_unchanged:
        if draft.kind == CORRECTION:
            await visit.stores.drafts.finish(draft.id, "")
            return Remark("nothing_corrected", {"title": reportable.detail.project.title})
        if guard := guard_of(reportable, visit.today):
            form = status_form(reportable, visit.audience)
            return await shown(visit, form, draft, Way.CARD, notice=_guard_words(visit, guard))
    try:
        return await _publish(visit, reportable, submission, draft.id)
    except Overtaken:
        return await _after_overtaking(visit, draft)


async def repeat_outcome(visit: Visit, draft: FormDraft) -> Answer:
    """Says once more what came of a form that is done."""
    if not draft.outcome:
        return Remark("given_up")
    reportable = await reportable_of(visit, draft.subject)
    key = PublicationKey.read(draft.outcome)
    publication = next((each for each in reportable.publications if each.key == key), None)
    if publication in reportable.standing:
        return await _receipt(visit, reportable, publication)
    if publication is not None:
        return Remark("undo_done", {"what": visit.audience.texts.say("undo_kind.status")}, projects=(draft.subject,))
    return Remark("form_done", {"title": reportable.detail.project.title}, projects=(draft.subject,))


async def reportable_of(visit: Visit, number: str) -> Reportable:
    """Raises UserError where the project is gone."""
    reportable = await visit.stores.reporting.reportable(number)
    if reportable is None:
        raise UserError("gone", number=number)
    return reportable


async def _permitted(visit: Visit, number: str) -> Reportable | Remark:
    """Reads the project, where this person reports on it; else says what to tell them."""
    reportable = await reportable_of(visit, number)
    return await _refusal(visit, reportable) or reportable


async def _refusal(visit: Visit, reportable: Reportable) -> Remark | None:
    """Says no to those who don't report on the project, and to all when it is closed."""
    project = reportable.detail.project
    if not may_report(visit.person, project, reportable.deputies, visit.today):
        may = reporters(project, reportable.deputies, visit.today)
        return await refuse(visit, Action.REPORT_DENIED, {"title": project.title}, may, project=project.number)
    is_closed = Remark("closed", {"title": project.title}, refusal=Refusal.SAID)
    return is_closed if project.is_closed else None


async def _open_form(
    visit: Visit, reportable: Reportable, answers: Mapping[str, str], way: Way, *, notice: str | None = None
) -> Answer:
    form = status_form(reportable, visit.audience)
    number = reportable.detail.project.number
    return await opened(visit, form, number, reportable.revision, answers=answers, way=way, notice=notice)


async def _publish(visit: Visit, reportable: Reportable, submission: Submission, draft: str | None) -> Answer:
    """Raises Overtaken. The rounds' cards follow."""
    number = reportable.detail.project.number
    if not reportable.has_room_on(submission.report.day):
        return Remark("report_most", {"most": MOST_VERSIONS}, refusal=Refusal.SAID)
    try:
        publication = await visit.stores.reporting.publish(submission, draft)
    except ProjectClosed:
        return Remark("closed", {"title": reportable.detail.project.title}, refusal=Refusal.SAID)
    data = {"project": number, "revision": submission.revision + 1}
    await remember(visit, "status", data, publication.key.write(), has_button=False)
    await rounds.leave_cards_behind(visit, number)
    return await _receipt(visit, await reportable_of(visit, number), publication)


async def undo_report(visit: Visit, data: Mapping[str, Any]) -> Answer:
    """Takes a report back, with the rounds' cards, and says what is in force now. Raises Overtaken."""
    number = data["project"]
    await visit.stores.reporting.take_back(number, data["revision"], visit.person.id, visit.now)
    await rounds.leave_cards_behind(visit, number)
    reportable = await reportable_of(visit, number)
    title = reportable.detail.project.title
    if reportable.newest is None:
        return Remark("report_undone_none", {"title": title}, projects=(number,))
    colour = colour_word(reportable.newest.overall, visit.audience)
    values = {"title": title, "colour": colour, "day": day_words(reportable.newest.day, visit.audience)}
    return Remark("report_undone", values, projects=(number,))


def instead_of_undoing(audience: Audience, data: Mapping[str, Any]) -> tuple[str, ...]:
    return (audience.texts.say("undo_instead.status", number=data["project"]),)


def report_anew(audience: Audience, data: Mapping[str, Any]) -> str:
    """The beginning of "P001 er gul"."""
    return audience.texts.say("undo_instead.anew", number=data["project"])


async def _receipt(visit: Visit, reportable: Reportable, publication: Publication) -> Receipt:
    report = publication.report
    if publication.by == visit.person.id and visit.now - publication.at <= TIME_TO_UNDO:
        visit.undoable.append(publication.key.write())  # at once for all who press at the same time
    before = next((earlier for earlier in reportable.detail.reports if earlier.day < report.day), None)
    first_at = min(same_day.at for same_day in reportable.publications if same_day.report.day == report.day)
    until = first_at + CORRECTION_TIME
    own_projects = await visit.stores.reporting.led_by(visit.person.id, visit.today)
    is_for_steering_group = report.decision_wanted or open_barriers(publication)
    return Receipt(
        publication,
        reportable,
        before,
        until if until > visit.now else None,
        await _steering_meeting(visit) if is_for_steering_group else None,
        sum(is_waiting(project, visit.today) for project in own_projects),
    )


async def _steering_meeting(visit: Visit) -> Meeting | None:
    bodies = visit.audience.names.vocabulary.bodies
    steering = tuple(body.name for body in bodies if body.kind is BodyKind.STEERING_GROUP)
    if not steering:
        return None
    page = await visit.stores.reader.meetings(meetings_of(*steering), visit.now, size=1)
    return page.meetings[0] if page.meetings else None


def _is_repeated_press(visit: Visit, reportable: Reportable, revision: int | None) -> bool:
    """The button was made for the project as it was just before this very report."""
    last = reportable.standing[0] if reportable.standing else None
    return (
        last is not None
        and revision == reportable.revision - 1
        and last.is_unchanged
        and last.by == visit.person.id
        and last.report.day == visit.today
    )


async def _after_overtaking(visit: Visit, draft: FormDraft) -> Answer:
    """Either the same form was handed in twice at once, or somebody else was first: then it is shown again, with what
    was written, on top of what is true now."""
    current = await visit.stores.drafts.draft(draft.id)
    if current is None or current.outcome is not None:
        return await repeat_outcome(visit, current or draft)
    reportable = await reportable_of(visit, draft.subject)
    form = status_form(reportable, visit.audience, kind=draft.kind)
    kept = replace(current, answers={**current.answers, **draft.answers}, revision=reportable.revision)
    return await shown(visit, form, kept, Way.CARD, notice=_overtaken_words(visit, reportable))


def _overtaken_words(visit: Visit, reportable: Reportable) -> str:
    """Say who was first, with which colour and when."""
    say = visit.audience.texts.say
    if not reportable.standing:
        return say("form_notice.changed_meanwhile")
    last = reportable.standing[0]
    return say(
        "form_notice.overtaken",
        name=name_words(last.by, visit.audience),
        colour=colour_word(last.report.overall, visit.audience),
        when=moment_words(last.at, visit.audience),
    )


def _guard_words(visit: Visit, guard: Guard) -> str:
    return visit.audience.texts.say(f"guard.{guard.value}")
