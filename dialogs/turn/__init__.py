"""What every turn has: who asks, what came in, and what goes back."""
