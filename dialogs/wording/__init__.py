"""Words for values: names, amounts, days and ages."""
