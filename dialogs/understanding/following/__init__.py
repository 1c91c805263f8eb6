"""How a message goes on from the answer before it."""
