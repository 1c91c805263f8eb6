"""Who is known from where, and what was heard already."""
