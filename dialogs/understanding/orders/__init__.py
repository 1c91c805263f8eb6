"""What people tell Tovholder to do, and what they name for it."""
