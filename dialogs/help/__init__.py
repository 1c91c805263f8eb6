"""Help with questions, words where there is nothing to look up, and the language of all that is said."""

from __future__ import annotations

from dialogs.feature import Feature
from dialogs.help import handlers, orders
from dialogs.help.cards import answer_not_held
from dialogs.undoable import WayBack
from portfolio.questions.question import Target

HELP = Feature(
    name="help",
    answers={Target.PROPOSALS: answer_not_held, Target.SYSTEMS: answer_not_held},
    orders={orders.Speak: handlers.speak},
    shows={orders.Introduce: handlers.introduce},
    rules=orders.RULES,
    undoing={"language": WayBack(handlers.undo_language, handlers.instead_of_undoing)},
)
