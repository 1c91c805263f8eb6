"""The message that reminds, made of a part for each thing to be reminded of."""
