"""How values are said: names, amounts, days and ages."""
