"""A second reading of what wasn't understood, by a language model, where the municipality has set one up.

It is sent the message and the catalogue's names, nothing of the portfolio, and answers with a question in the form that
buttons carry. Names in it must be words of the message, and are looked up as if they had been understood; whatever
can't be is no reading. It can order nothing, since a question is all that it can say.
"""
