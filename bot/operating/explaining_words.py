"""What is said of a reminder that somebody did, or didn't, get."""

from __future__ import annotations

from dialogs.turn.audience import Audience
from dialogs.values.plain import one_line
from dialogs.wording.values import moment_words
from portfolio.deliveries import Reason, Stage, Trace, Via
from portfolio.reminders.keys import MeetingSubject, ObligationSubject, Origin, ProjectSubject, guess_subject
from portfolio.reminders.kinds import Key, Kind, Outcome

LONGEST_TITLE = 80

_KINDS = {
    Kind.STATUS_DUE: "Status på {what}",
    Kind.STATUS_OVERDUE: "Manglende status på {what}",
    Kind.MEETING_SOON: "Møde i {what}",
    Kind.MEETING_CHANGED: "Flyttet eller aflyst møde i {what}",
    Kind.DEADLINE: "Frist for {what}",
}
_ORIGINS = {
    Origin.ROUND: "svar i statusrunden om {project}",
    Origin.MILESTONE: "milepælen »{title}« i {project}",
    Origin.BENEFIT: "gevinsten »{title}« i {project}",
}
_VIAS = {Via.TEAMS: "i Teams", Via.MAIL: "med mail"}
_OUTCOMES = {
    Outcome.ANSWERED: "Ikke sendt: der er svaret",
    Outcome.GRACE: "Ikke sendt: projektet er nyt og har en uge til at komme i gang",
    Outcome.SNOOZED: "Ikke sendt: modtageren har bedt om at vente",
    Outcome.ABSENT: "Ikke sendt: modtageren er meldt væk. Det kommer igen ved tilbagekomsten, hvis det stadig gælder",
    Outcome.SWITCHED_OFF: "Ikke sendt: modtageren har slået den slags fra og slår det til igen med »mine påmindelser«",
    Outcome.STOPPED: "Ikke sendt: porteføljekontoret har stoppet det og kan starte det igen i »hvad sender du«",
    Outcome.GONE: "Ikke sendt: det gjaldt ikke længere, da det skulle sendes",
    Outcome.NOBODY: "Ikke sendt: der er ingen at minde. Sæt en ansvarlig på i porteføljen",
    Outcome.LEFT: "Ikke sendt: modtageren er ikke i porteføljen mere. Giv opgaven til en anden",
    Outcome.EXPIRED: "Ikke sendt: det var for sent til at være til nytte. Kører tjenesten i arbejdstiden?",
    Outcome.SENT: "Sendt",
    Outcome.UNREACHABLE: "Ikke sendt: modtageren kunne ikke nås",
    Outcome.FAILED: "Ikke sendt: det mislykkedes",
    Outcome.UNCERTAIN: "Det er uvist, om det nåede frem, og det sendes ikke igen",
}
_REASONS = {
    Reason.NO_CHAT: "Har aldrig skrevet til Tovholder, og Entra-id kendes ikke. Installér appen for alle",
    Reason.BLOCKED: "Teams svarede 403: Tovholder er blokeret eller ikke installeret hos modtageren",
    Reason.NOT_FOUND: "Teams svarede 404: samtalen findes ikke mere. Den kommer igen, når modtageren skriver »hej«",
    Reason.NO_MAIL: "Teams kunne ikke, og mail er ikke sat op. Angiv SMTP_URL og MAIL_FROM",
    Reason.MAIL_REFUSED: "Mailserveren afviste adressen. Ret e-mailen i porteføljen",
    Reason.REFUSED: "Teams afviste beskeden eller botten. Se i loggen, og kør: tovholder doctor",
    Reason.NO_ANSWER: "Der kom intet svar på forsøget",
    Reason.TOO_MANY_TRIES: "Det blev forsøgt for mange gange. Se i loggen",
    Reason.OPENED: "Der er åbnet en samtale, og beskeden kommer som det næste",
    Reason.THROTTLED: "Teams har bedt om en pause",
    Reason.AWAY: "Teams, mailserveren eller tokentjenesten kunne ikke nås. Kør: tovholder doctor",
    Reason.FAULT: "Der var en fejl i Tovholder selv. Se i loggen",
}


def outcome_words(outcome: Outcome) -> str:
    return f"{_OUTCOMES[outcome]}."


def told_words(one: Trace, audience: Audience) -> str:
    """When it was due and planned, and what came of it."""
    due, planned = (moment_words(at, audience) for at in (one.due_at, one.planned_at))
    begun = f"{matter_words(one.key, audience)}: faldt for {due}, planlagt {planned} i udsendelse {one.run}."
    return f"{begun} {_came_of(one, audience)}"


def _came_of(one: Trace, audience: Audience) -> str:
    reason = f" {_REASONS[one.reason]}." if one.reason else ""
    if one.outcome is Outcome.SENT and one.settled_at:
        return f"Sendt {moment_words(one.settled_at, audience)} {_VIAS[one.via]}."
    if one.outcome is not None:
        return f"{outcome_words(one.outcome)}{reason}"
    if one.stage is Stage.HELD:
        return "Ikke sendt endnu: udsendelsen er så stor, at porteføljekontoret skal sige ja i chatten."
    tried = f" Forsøgt {one.attempts} {'gang' if one.attempts == 1 else 'gange'}." if one.attempts else ""
    return f"Ikke sendt endnu; det sker af sig selv, mens tjenesten kører.{tried}{reason}"


def matter_words(key: Key, audience: Audience) -> str:
    """ "Manglende status på Skærmbesøg (P001)" """
    return _KINDS[key.kind].format(what=subject_words(key.subject, audience))


def subject_words(subject: str, audience: Audience) -> str:
    """Names what a reminder is about."""
    match guess_subject(subject):
        case ProjectSubject(project=number):
            return _project_words(number, audience)
        case MeetingSubject(body=body, start=start):
            return f"{one_line(body, LONGEST_TITLE)} {moment_words(start.astimezone(audience.now.tzinfo), audience)}"
        case ObligationSubject(origin=origin, project=number, rest=rest):
            project = _project_words(number, audience)
            return _ORIGINS[origin].format(title=one_line(rest, LONGEST_TITLE), project=project)


def _project_words(number: str, audience: Audience) -> str:
    title = audience.names.project(number)
    return number if title == number else f"{one_line(title, LONGEST_TITLE)} ({number})"
