"""The cards, one for each kind of answer."""
