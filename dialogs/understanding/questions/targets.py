"""Kinds of answers that are asked for: a list, one project, a number, people, meetings."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from dialogs.understanding.language.phrasebook import phrases_of
from dialogs.understanding.language.sentence import Sentence
from dialogs.understanding.language.tags import Tag
from dialogs.understanding.questions.draft import Draft
from dialogs.understanding.questions.intent import Intent
from dialogs.understanding.questions.operators import Operators
from dialogs.understanding.questions.parts import complete
from portfolio.organisation import Person
from portfolio.questions import catalogue
from portfolio.questions.catalogue import ATTRIBUTES, Attribute, Kind
from portfolio.questions.question import During, FigureKind, PeopleRole, Sort, Target

_GROUP_ROLES = ("medlem", "member", "formand", "formænd", "chairs", "sekretaer", "secretar")
_HOW = frozenset({"hvordan", "how"})


def target_of(intent: Intent, draft: Draft, operators: Operators, asker: Person | None) -> Target | None:
    """Return what is asked for, None for nothing. Completes the draft with what the target needs."""
    if operators.names:
        says_i = intent.sentence.says("i") and intent.sentence.says("do", "am", "have")  # not "i det hele taget"
        is_ones_own = says_i or intent.sentence.says("jeg", "mig", "min", "mine", "my", "me")
        return None if draft.has_filter or is_ones_own else operators.names
    if operators.parts:
        return _parts(intent, draft, operators, asker)
    if operators.contrasts:
        contrasted = _contrasted(draft)
        if contrasted is catalogue.PROJECTS:
            return _beside_one_another(intent, draft)
        return _groups(intent, draft, replace(operators, group_by=contrasted)) if contrasted else None
    if operators.group_by:
        return _groups(intent, draft, operators)
    return _meetings_or_posts(intent, draft) or _of_projects(intent, draft, operators)


def _parts(intent: Intent, draft: Draft, operators: Operators, asker: Person | None) -> Target | None:
    """Milestones, benefits or obstacles; "hvilke skal jeg følge op på" are those that the asker is responsible for."""
    sentence = intent.sentence
    is_future = sentence.says("skal", "skulle", "should", "must", "will")
    says_i = sentence.says("jeg") or (sentence.says("i") and sentence.says("do", "should", "must", "need", "am"))
    is_mine = _says_mine(sentence) or ("follow_up" in operators.said_of_parts and says_i)
    mine = asker.id if asker and is_mine else None
    if sentence.has("each"):
        return None  # they aren't divided
    is_asked = complete(draft, operators, sentence.today, is_future=is_future, mine=mine)
    return operators.parts if is_asked and not draft.bodies else None


def _says_mine(sentence: Sentence) -> bool:
    """ "mine risici"; those of "mine projekter" may be another's to handle."""
    of_projects = phrases_of("target")
    for at, tag in enumerate(sentence.tags):
        stems = [word.stem for word in sentence.words[tag.start : sentence.tag(at + 1).end or tag.end]]
        if tag.has("scope", "mine") and not any(of_projects.longest(stems, one) for one in range(len(stems))):
            return True
    return False


def _meetings_or_posts(intent: Intent, draft: Draft) -> Target | None:
    if intent.sentence.has("target", "proposals"):
        return Target.PROPOSALS
    if intent.sentence.has("target", "systems") and not draft.where["projects"] and not draft.text:
        return Target.SYSTEMS
    if people := _people_of_groups(intent, draft):
        draft.people = people
        return Target.PEOPLE
    return _meetings(intent, draft) if not draft.changed and _is_about_meetings(intent, draft) else None


def _of_projects(intent: Intent, draft: Draft, operators: Operators) -> Target | None:
    if draft.changed:
        return _changes(intent, draft, operators)
    if any(asks(intent, draft) for asks in (_is_one_of_several, _counts_something_else, _is_about_a_manager)):
        return None
    _rank_by_amount(intent, draft)
    if _is_one_project(intent, draft, operators):
        return _one_project(intent, draft, operators)
    if operators.fact:
        return None
    if figure := _figure(intent, draft, operators):
        return figure
    if _asks_people(intent):
        draft.people = PeopleRole.OWNER if intent.asks_owner else PeopleRole.LEAD
        is_somebody = (
            draft.filters_only_by("lead") and not draft.flags and intent.sentence.has("ask", "who")
        )  # "hvem er Mette"
        denies = any((*draft.without.values(), not all(draft.flags.values())))
        if denies and intent.sentence.says_small("none_of"):
            return None  # "hvem har ingen røde" are not those who have others too
        if catalogue.LEAD in draft.lacking and not intent.sentence.has("target"):
            return Target.PROJECTS  # "hvem mangler en projektleder" asks for projects
        says = (draft.has_filter and not is_somebody) or intent.sentence.has("role") or intent.sentence.has("target")
        return Target.PEOPLE if says else None
    return _list(intent, draft)


def _changes(intent: Intent, draft: Draft, operators: Operators) -> Target | None:
    """The projects that changed, also where "hvem" asks for them; one project's change is its history."""
    sums = intent.sentence.has("ask", "sum", "average", "share")
    if _is_one_project(intent, draft, operators):
        return Target.TREND
    if draft.bodies or (_has_unread(intent, draft) and not sums):
        return None
    return (
        _figure(intent, draft, operators) if sums or intent.sentence.has("ask", "count") else None
    ) or Target.PROJECTS


def _asks_people(intent: Intent) -> bool:
    """ "hvem …", but not "hvem har …? Vis projekterne"."""
    sentence = intent.sentence
    shows = intent.names_plural and sentence.says("vis", "show", "list") and not sentence.has("target", "people")
    return (sentence.has("ask", "who") and not shows) or intent.lists_people


def _list(intent: Intent, draft: Draft) -> Target | None:
    if (intent.sentence.has("ask", "when") and not draft.periods) or _has_unread(intent, draft):
        return None
    if _is_a_day_alone(intent, draft):
        return None
    asks = draft.has_filter or draft.sort or draft.limit or draft.include_closed or draft.last_filter
    return Target.PROJECTS if asks or intent.sentence.has("target", "projects") else None


def _is_a_day_alone(intent: Intent, draft: Draft) -> bool:
    """ "er der noget i dag": nothing is asked of projects."""
    says_more = any(
        (*draft.where.values(), *draft.without.values(), draft.flags, draft.amounts, draft.lacking, draft.text)
    )
    is_asked = intent.sentence.has("target") or intent.sentence.has("period") or intent.sentence.has("scope")
    return bool(draft.periods) and not (says_more or is_asked or draft.sort or draft.limit)


def _has_unread(intent: Intent, draft: Draft) -> bool:
    """Say whether a list was asked for by something that a list does not answer: members, or money without a bound."""
    roles = any(word.key.startswith(_GROUP_ROLES) for word in intent.sentence.words)
    money = intent.sentence.has("amount") and not draft.amounts and draft.sort is None and not draft.lacking
    return roles or (money and not draft.flags)


def _is_one_of_several(intent: Intent, draft: Draft) -> bool:
    """ "status på nøglerne og lønnen": a project, and something else that was taken for no project."""
    names = ("focus_areas", "org_units", "lead", "owner")
    beside = any(draft.where[name] for name in names) and len(draft.where["projects"]) == 1
    return beside and intent.is_one and intent.sentence.says("og", "and", "samt")


def _is_about_a_manager(intent: Intent, draft: Draft) -> bool:
    """ "hvem er min leder", "hvem er Mettes chef" ask for a person's manager, not for who leads projects."""
    says = intent.sentence.says("leder", "lederen", "chef", "chefen", "manager", "boss")
    asks_who = intent.sentence.has("ask", "who") and not intent.sentence.has("target")
    return draft.filters_only_by("lead") and says and asks_who


def _rank_by_amount(intent: Intent, draft: Draft) -> None:
    """ "top 3 på forbrug"."""
    amount = intent.amount
    if draft.limit and draft.sort is None and amount in {"budget", "spend", "progress"}:
        draft.sort = Sort(amount, descending=True)


def _counts_something_else(intent: Intent, draft: Draft) -> bool:
    """ "hvor mange borgere bruger …" counts no projects and asks for no money."""
    counts = intent.sentence.has("ask", "count") and not intent.sentence.has("ask", "sum")
    return counts and intent.sentence.has("amount") and not draft.amounts and not draft.flags and draft.sort is None


def _people_of_groups(intent: Intent, draft: Draft) -> PeopleRole | None:
    """ "hvem sidder i styregruppen", "hvem er formand for …", "hvem er chef for Børn og Unge"."""
    asks = intent.sentence.has("ask", "who") or intent.sentence.has("role", "member", "chair", "secretary", "manager")
    if draft.bodies and asks and not intent.sentence.has("target", "meetings"):
        for role in (PeopleRole.CHAIR, PeopleRole.SECRETARY, PeopleRole.MEMBER):
            if intent.sentence.has("role", role.value):
                return role
        return PeopleRole.CHAIR if intent.sentence.has("role", "lead") else PeopleRole.MEMBER
    is_of_project = any(word.key.startswith(("projekt", "project")) for word in intent.sentence.words)
    leads = intent.sentence.has("role", "lead") and intent.is_one and not is_of_project
    manages = intent.sentence.has("role", "manager") or leads
    return PeopleRole.MANAGER if asks and draft.filters_only_by("org_units") and manages else None


def _is_about_meetings(intent: Intent, draft: Draft) -> bool:
    if intent.asks_which_projects or draft.flags.get("missing_status"):
        return False
    only_bodies = bool(draft.bodies) and not any(draft.where.values()) and not draft.flags
    return only_bodies or intent.sentence.has("target", "meetings")


def _meetings(intent: Intent, draft: Draft) -> Target:
    is_plural = intent.sentence.says("moeder", "meetings", "moederne")
    if not draft.periods and intent.sentence.says("sidst", "sidste", "seneste", "forrige", "last", "previous"):
        draft.periods.append(During(catalogue.MEETING, None, intent.sentence.today - timedelta(days=1)))
        draft.sort = Sort("start", descending=True)
        draft.limit = draft.limit or (None if is_plural else 1)
    is_next = intent.sentence.says("naeste", "next", "kommende") and not is_plural
    if draft.limit is None and not draft.periods and (is_next or intent.sentence.has("ask", "when")):
        draft.limit = 1
    return Target.MEETINGS


def _is_one_project(intent: Intent, draft: Draft, operators: Operators) -> bool:
    lists = intent.names_plural if operators.fact else intent.lists_projects
    if len(draft.where["projects"]) != 1 or lists or intent.sentence.has("ask", "count"):
        return False
    for name in [name for name in draft.where if name != "projects"]:
        del draft.where[name]  # "er skærmbesøg forsinket": the project's card answers that
    draft.flags.clear()
    draft.without.clear()
    return True


def _one_project(intent: Intent, draft: Draft, operators: Operators) -> Target:
    """ "udviklingen for skærmbesøg" asks for its history, "hvem leder skærmbesøg" and "hvornår slutter skærmbesøg" for
    one fact, all else for the project."""
    if intent.sentence.has("trend"):
        return Target.TREND
    fact = operators.fact or _fact_asked(intent, operators)
    is_ranked = draft.sort and draft.limit  # "hvornår slutter det dyreste" is of another
    if fact is None or fact.fact is None or is_ranked:
        return Target.PROJECT
    draft.fact, draft.sort, draft.limit = fact, None, None
    draft.periods.clear()
    draft.amounts.clear()
    return Target.FIELD


def _fact_asked(intent: Intent, operators: Operators) -> Attribute | None:
    """The one fact that is asked for; None where none is, or several are: "hvordan bruger man …" asks for none, but
    "how much …" does."""
    sentence = intent.sentence
    if any(tag.is_one_word and sentence.words[tag.start].key in _HOW for tag in sentence.tags):
        return None
    asks_who = sentence.has("ask", "who") or (sentence.has("role") and not sentence.has("one"))
    if asks_who:
        return catalogue.OWNER if intent.asks_owner else catalogue.LEAD
    if operators.measure == "ratio":
        return catalogue.CONSUMPTION
    if sentence.has("flag", "over_budget") and sentence.has("ask", "sum"):
        return catalogue.REMAINING  # below zero where it is over
    asked = [ATTRIBUTES[amount] for amount in intent.amounts]
    if sentence.has("ask", "when") or sentence.has("sortword", "end", "start"):
        asked += [ATTRIBUTES[day] for tag in sentence.tags if (day := tag.value("period")) in ("end", "start")]
    if sentence.has("ask", "when") and any(
        tag.has("flag", "late") and _says_end(sentence, tag) for tag in sentence.tags
    ):
        asked.append(catalogue.END)
    if not asked and sentence.has("ask", "share"):  # "hvor langt er skærmbesøg i procent"
        return catalogue.PROGRESS
    if len(set(asked)) == 1 and not sentence.has("one"):
        return asked[0]
    return None


def _says_end(sentence: Sentence, tag: Tag) -> bool:
    """ "skulle være færdigt", but not "forsinket"."""
    found = phrases_of("period").longest([sentence.words[tag.end - 1].stem], 0)
    return found is not None and any(meaning.value == catalogue.END.name for meaning in found[1])


def _groups(intent: Intent, draft: Draft, operators: Operators) -> Target | None:
    """Projects divided, each group measured by what is said of amounts, or counted. What projects are sorted by is
    nothing that groups have: "hvilken afdeling har de ældste projekter" asks for no number."""
    amount = intent.amount
    if _is_most_late(intent.sentence):
        draft.sort, operators = None, replace(operators, ranks=True)
        draft.flag("late", value=True)
    by_sort = draft.sort.attribute if draft.sort else None
    if draft.bodies or draft.changed or (by_sort and not by_sort.is_amount):
        return None
    draft.group_by, draft.amount = operators.group_by, ATTRIBUTES[amount] if amount else by_sort
    draft.figure = _measure(intent, draft, operators)
    if draft.figure is FigureKind.COUNT and not draft.has_filter and intent.sentence.says_small("judges"):
        return None  # "hvem er den bedste projektleder"
    ranks = operators.ranks
    if ranks is None and draft.sort is not None:
        ranks = draft.sort.descending
    if ranks is None and (way := intent.sentence.value("direction")):
        ranks = way == "down"
    draft.sort = None if ranks is None else Sort("value", descending=ranks)
    return Target.GROUPS


def _is_most_late(sentence: Sentence) -> bool:
    """ "the most overdue projects" of a department are counted; in a list they come first."""
    sorts = (tag for tag in sentence.tags if tag.has("sort", "end"))
    return any(phrases_of("flag").longest([sentence.words[tag.end - 1].stem], 0) for tag in sorts)


def _contrasted(draft: Draft) -> Attribute | None:
    """ "sammenlign Teknik med Social": what two or more are named of."""
    several = [ATTRIBUTES[name] for name, values in draft.where.items() if len(values) > 1]
    return several[0] if len(several) == 1 and (several[0].groups or several == [catalogue.PROJECTS]) else None


def _beside_one_another(intent: Intent, draft: Draft) -> Target | None:
    """ "sammenlign budgettet på skærmbesøg og grøn kørsel": these projects, those with the most of it first."""
    if draft.flags or draft.periods or draft.changed:
        return None
    if draft.sort is None and intent.amount:
        draft.sort = Sort(intent.amount, descending=True)
    return Target.PROJECTS


def _measure(intent: Intent, draft: Draft, operators: Operators) -> FigureKind:
    if operators.measure == "ratio":
        draft.amount = catalogue.CONSUMPTION
        return FigureKind.RATIO
    if intent.sentence.has("ask", "share"):
        return FigureKind.SHARE
    if draft.amount is None:
        return FigureKind.COUNT
    averages = intent.sentence.has("ask", "average") or draft.amount.kind is Kind.PERCENT
    return FigureKind.AVERAGE if averages else FigureKind.SUM


def _figure(intent: Intent, draft: Draft, operators: Operators) -> Target | None:
    amount = intent.amount
    if operators.measure == "ratio" and not draft.amounts and draft.sort is None:
        draft.figure, draft.amount = FigureKind.RATIO, catalogue.CONSUMPTION
        return Target.FIGURE
    if intent.sentence.has("ask", "share"):
        draft.figure = FigureKind.SHARE
        draft.amount = ATTRIBUTES[amount] if amount else None
        return Target.FIGURE if draft.has_filter else None  # all of them is no share
    if len(set(intent.amounts)) > 1:  # "budget og forbrug i Social": one figure holds one
        return None
    asks_average = intent.sentence.has("ask", "average")
    if asks_average and amount is None and intent.sentence.says("langt", "far"):
        amount = catalogue.PROGRESS.name
    if amount is None and intent.sentence.has("ask", "sum") and draft.flags.get("over_budget"):
        amount = catalogue.OVERRUN.name
    begins = intent.sentence.tag(intent.sentence.next_telling(0)).has("amount")
    asks_sum = intent.sentence.has("ask", "sum") or intent.is_one or begins or intent.sentence.says("hvad", "what")
    if amount and (asks_average or asks_sum) and not draft.amounts and draft.sort is None:
        draft.amount = ATTRIBUTES[amount]
        if draft.amount is catalogue.OVERRUN:
            draft.flags.setdefault("over_budget", True)  # what others have left doesn't make up for it
        averages = asks_average or draft.amount is catalogue.PROGRESS
        draft.figure = FigureKind.AVERAGE if averages else FigureKind.SUM
        return Target.FIGURE
    in_all = amount is None and draft.has_filter and intent.counts_in_all
    return Target.COUNT if intent.sentence.has("ask", "count") or in_all else None
