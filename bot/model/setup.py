"""Sets the language model up as the settings say."""

from __future__ import annotations

from bot.model.client import ModelClient
from bot.settings import Settings, SettingsError, model_problems
from dialogs.understanding.second.reading import ReadAgain, SecondReader, unread


def read_again_of(settings: Settings) -> ReadAgain:
    """Returns what reads unclear messages once more; nothing does where no model is set up. Raises SettingsError."""
    model = model_of(settings)
    return SecondReader(model, settings.model_may_see_names).read_again if model else unread


def model_of(settings: Settings) -> ModelClient | None:
    """Raises SettingsError for one that is set halfway, or at an address where nothing may be sent."""
    if problems := list(model_problems(settings)):
        raise SettingsError(problems)
    url, name, key = settings.model_url, settings.model_name, settings.model_key
    return ModelClient(url, name, key) if url and name and key else None
