"""Everything a person reads, types or presses."""
