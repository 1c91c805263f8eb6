"""What the portfolio's own words mean, and by which rules they are said of a project."""

from __future__ import annotations

from dialogs.feature import Feature
from dialogs.glossary import handlers, orders

GLOSSARY = Feature(name="glossary", shows={orders.Explain: handlers.explain}, rules=orders.RULES)
