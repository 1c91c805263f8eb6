"""Orders that people give Tovholder, and what they name for it."""
