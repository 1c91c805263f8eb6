"""Words, names, numbers and days in a sentence, whatever it is about."""
