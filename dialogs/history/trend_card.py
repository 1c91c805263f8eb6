"""A project's colours over time: a chart, and the same as words, report by report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dialogs.cards.buttons import open_project, show, way_back
from dialogs.cards.elements import (
    COLOUR_WIDTH,
    Element,
    card_reply,
    colour_block,
    colour_run,
    colour_word,
    column,
    columns,
    fact_set,
    line,
    short_reply,
    small,
    text_run,
)
from dialogs.history.corrections import corrections, light_change_words
from dialogs.projects.sections import folded_section
from dialogs.questions.answering import answer_list
from dialogs.turn.answer import Asking, Document, Finding
from dialogs.turn.audience import Audience
from dialogs.turn.printing import printed
from dialogs.turn.reply import ForAll, Reply, UserError
from dialogs.values.plain import one_line, plain
from dialogs.wording.days import LONGEST_NAME, lead_words, name_words
from dialogs.wording.values import (
    change_time_words,
    date_words,
    day_words,
    listed,
    number_words,
    short_day_words,
    span_words,
)
from portfolio.history import Correction, ProjectHistory, lights_changed, turns
from portfolio.history import corrections as corrections_of
from portfolio.projects.status import Rag, StatusReport
from portfolio.questions import catalogue
from portfolio.questions.question import Changed, Question, Target, which

MOST_REPORTS = 24
# The rest are folded until they are asked for.
MOST_UNFOLDED = 6
# How many stand in the strip, where no chart can be shown.
MOST_IN_STRIP = 8
# A history goes no further back than this.
WHOLE_HISTORY = 60
LONGEST_TITLE = 120
LONGEST_COMMENT = 140
# The chart cuts its axis in four: of less than four it would make broken steps, and programs may leave out our `yMax`.
_CUTS = 4
_HEIGHTS = {Rag.NONE: 0, Rag.RED: _CUTS, Rag.AMBER: 2 * _CUTS, Rag.GREEN: 3 * _CUTS}
_TONES = {Rag.NONE: "neutral", Rag.RED: "attention", Rag.AMBER: "warning", Rag.GREEN: "good"}


@dataclass(frozen=True, slots=True)
class Trend:
    """A project's colours over time; `back` is the list that its project was opened from, `corrections` the newest
    first."""

    question: Question
    history: ProjectHistory
    corrections: tuple[Correction, ...] = ()
    back: Question | None = None

    def reply(self, audience: Audience) -> Reply:
        steps, texts = _steps(self), audience.texts
        title = one_line(self.history.title, LONGEST_TITLE)
        if not steps:
            return _nothing(self, title, audience)
        reports = [step.report for step in steps]
        changed = self.question.changed
        if changed is not None and changed.to:
            heading = _turned_heading(title, steps, changed, audience)
        else:
            heading = _heading(title, reports, audience)
        summary = _summary(self, audience)
        left_out = _left_out(self, audience)
        corrected, words = corrections(self.corrections, audience)
        told = [f"- {texts.name('colour', step.report.overall)}: {_state(step, audience)}" for step in reversed(steps)]
        lines = [summary, *left_out, *told, *words]
        body: list[Element] = [small(plain(summary)), *_picture(reports, audience), *map(small, left_out)]
        body += [*_list(steps[::-1], audience), *corrected]
        return card_reply(ForAll, heading, lines, body, texts, [_to_project(self, audience)])

    def document(self, audience: Audience) -> Document:
        return Document(
            "project",
            printed(self.question, audience.names),
            hits=Question(where=which(projects=self.question.values(catalogue.PROJECTS))),
        )


@dataclass(frozen=True, slots=True)
class _Step:
    """A report, and the report before it."""

    before: StatusReport | None
    report: StatusReport


def _steps(answer: Trend) -> list[_Step]:
    """The newest reports, oldest first."""
    reports = answer.history.reports
    before = (answer.history.before, *reports[:-1])
    return [_Step(*pair) for pair in zip(before, reports, strict=False)][-MOST_REPORTS:]


def _heading(title: str, shown: list[StatusReport], audience: Audience) -> str:
    """Write the first and last colour, and the time between them: "Skærmbesøg: fra grøn til rød på 6 måneder"."""
    texts, first, last = audience.texts, shown[0], shown[-1]
    colour = _name(last.overall, audience)
    if len(shown) == 1:
        return texts.say("trend.single", title=title, colour=colour, day=day_words(last.day, audience))
    changes = len(turns(shown[1:], first))
    if not changes:
        return texts.say("trend.same", title=title, colour=colour, day=day_words(first.day, audience))
    span = span_words(first.day, last.day, audience)
    if first.overall is last.overall:
        return texts.say("trend.returned", title=title, colour=colour, count=changes, span=span)
    return texts.say("trend.moved", title=title, before=_name(first.overall, audience), after=colour, span=span)


def _turned_heading(title: str, steps: list[_Step], changed: Changed, audience: Audience) -> str:
    """Say when the project turned the colour asked about: "Skærmbesøg skiftede til rød 3. april 2026"."""
    reports = [step.report for step in steps]
    turned = [report for report in turns(reports, steps[0].before) if report.overall in changed.to]
    if not turned:
        colours = listed([_name(colour, audience) for colour in changed.to], audience, "heading.or")
        when = change_time_words(changed, audience)
        return audience.texts.say("trend.not_turned", title=title, colours=colours, when=when).rstrip()
    colours = listed(list(dict.fromkeys(_name(report.overall, audience) for report in turned)), audience)
    day = day_words(turned[-1].day, audience)
    return audience.texts.count("trend.turned", len(turned), title=title, colour=colours, day=day)


def _name(colour: Rag, audience: Audience) -> str:
    return audience.texts.name("colour", colour).lower()


def _summary(answer: Trend, audience: Audience) -> str:
    history, changed = answer.history, answer.question.changed
    lead = history.lead_name or lead_words(history.lead, audience)
    parts = [history.number, one_line(lead, LONGEST_NAME)]
    if changed is not None and (when := change_time_words(changed, audience)):
        parts.append(when)
    return " · ".join(parts)


def _left_out(answer: Trend, audience: Audience) -> list[str]:
    total = len(answer.history.reports)
    if total <= MOST_REPORTS:
        return []
    if total < WHOLE_HISTORY:
        return [audience.texts.say("trend.newest", shown=MOST_REPORTS, total=total)]
    return [audience.texts.say("trend.newest_of_many", shown=MOST_REPORTS)]


def _picture(reports: list[StatusReport], audience: Audience) -> Iterator[Element]:
    """A bar for each report, as high as its colour is good; where charts are unknown the last of them in a strip."""
    if len(reports) < 2:
        return
    days = [short_day_words(report.day, audience) for report in reports]
    colours = [report.overall for report in reports]
    bars = [
        {"x": day, "y": _HEIGHTS[colour], "color": _TONES[colour]} for day, colour in zip(days, colours, strict=True)
    ]
    yield {
        "type": "Chart.VerticalBar",
        "title": audience.texts.say("trend.chart"),
        "showTitle": True,
        "yAxisTitle": audience.texts.say("trend.axis"),
        "yMin": 0,
        "yMax": _CUTS * _CUTS,  # so that each colour is on a step
        "showBarValues": False,
        "data": bars,
        "fallback": _strip(reports[-MOST_IN_STRIP:], audience),
    }


def _strip(reports: list[StatusReport], audience: Audience) -> Element:
    """Write each report by its colour and day, kept together when lines break."""
    runs: list[Element] = []
    for report in reports:
        words = f"{colour_word(report.overall, audience)} {short_day_words(report.day, audience)}"
        runs += [text_run(" →\N{NO-BREAK SPACE}")] if runs else []
        runs.append(colour_run(report.overall, words.replace(" ", "\N{NO-BREAK SPACE}")))
    return {"type": "RichTextBlock", "inlines": runs, "spacing": "Medium"}


def _list(steps: list[_Step], audience: Audience) -> list[Element]:
    """The newest first, with the colours in a column; the others folded, one line each."""
    newest, older = steps[:MOST_UNFOLDED], steps[MOST_UNFOLDED:]
    rows = [_row(step, audience) for step in newest]
    if not older:
        return rows
    heading = audience.texts.say("trend.older", count=len(older))
    facts = fact_set((colour_word(step.report.overall, audience), plain(_state(step, audience))) for step in older)
    return [*rows, *folded_section("older", heading, [facts], audience)]


def _row(step: _Step, audience: Audience) -> Element:
    report = step.report
    state = [colour_block(report.overall, audience), small(plain(short_day_words(report.day, audience)))]
    words = [small(plain(" · ".join(_details(step, audience))))]
    if report.comment:
        words.append(line(plain(report.comment, LONGEST_COMMENT), spacing="None"))
    return columns(column(state, COLOUR_WIDTH), column(words), separator=True, spacing="Small")


def _state(step: _Step, audience: Audience) -> str:
    """Write all but the colour: "3. juni 2026 · før ● Gul · Tid: grøn → rød · …" """
    comment = f". {one_line(step.report.comment, LONGEST_COMMENT)}" if step.report.comment else ""
    return " · ".join([day_words(step.report.day, audience), *_details(step, audience)]) + comment


def _change(step: _Step, audience: Audience) -> str:
    """Compare the colour with the last: "før ● Gul", "samme farve som før", "første status"."""
    if step.before is None:
        return audience.texts.say("trend.first")
    if step.before.overall is step.report.overall:
        return audience.texts.say("trend.unchanged")
    return audience.texts.say("trend.from", colour=colour_word(step.before.overall, audience))


def _details(step: _Step, audience: Audience) -> list[str]:
    texts, report = audience.texts, step.report
    lights = lights_changed(step.before, report)
    details = [_change(step, audience), *(light_change_words(*change, audience) for change in lights)]
    if report.progress is not None:
        details.append(texts.say("list.progress", percent=number_words(report.progress, audience)))
    if report.expected_end is not None:
        details.append(texts.say("trend.expected_end", date=date_words(report.expected_end, audience)))
    if report.decision_wanted:
        details.append(texts.say("trend.decision"))
    if report.author:
        details.append(texts.say("trend.by", name=name_words(report.author, audience)))
    return details


def _to_project(answer: Trend, audience: Audience) -> Element:
    return open_project(audience.texts.say("trend.project"), answer.history.number, way_back(answer.back))


def _nothing(answer: Trend, title: str, audience: Audience) -> Reply:
    """Say whether there are no reports at all, or none in the days that were asked for."""
    texts, number = audience.texts, one_line(answer.history.number)
    actions = [_to_project(answer, audience)]
    when = change_time_words(answer.question.changed, audience) if answer.question.changed else ""
    if not when:
        key = "trend.never_closed" if _is_closed(answer, audience) else "trend.never_help"
        heading, advice = texts.say("trend.never", title=title), texts.say(key, number=number)
    else:
        heading = texts.say("trend.none_then", title=title, when=when)
        advice = texts.say("trend.none_then_help")
        whole = replace(answer.question, where=which(projects=answer.question.values(catalogue.PROJECTS)))
        actions.insert(0, show(texts.say("trend.whole"), whole))
    return short_reply(ForAll, heading, advice, texts, actions)


def _is_closed(answer: Trend, audience: Audience) -> bool:
    projects = audience.names.vocabulary.projects
    return any(project.is_closed for project in projects if project.number == answer.history.number)


async def answer_trend(asking: Asking) -> Finding:
    """Answer with a project's trend in the days that the question names, or with a list when it names several projects.
    Raises UserError where the project is gone."""
    question = asking.question
    numbers = tuple(map(str, question.values(catalogue.PROJECTS)))
    if len(numbers) != 1:
        return await answer_list(replace(asking, question=replace(question, target=Target.PROJECTS), offset=0))
    if (periods := question.periods) and question.changed is None:
        question = question.having_not(*periods).having(Changed(periods[0].first, periods[0].last))
    first, last = (question.changed.first, question.changed.last) if question.changed else (None, None)
    histories = await asking.reader.history(numbers, first, last)
    if not histories:
        raise UserError("gone", number=numbers[0])
    changes = corrections_of(await asking.reader.publications(numbers[0]))
    reported = {report.day for report in histories[0].reports}
    shown = tuple(correction for correction in changes if correction.report.day in reported or correction.is_withdrawal)
    return Trend(question, histories[0], shown, asking.back)
