"""Danish and English text into a question: `understand` gives one reading, or says what is unclear."""

from dialogs.understanding.language.lexicon import Lexicon
from dialogs.understanding.reading import understand

__all__ = ["Lexicon", "understand"]
