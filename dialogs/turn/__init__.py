"""The parts of every turn: who asks, what came in, and what goes back."""
