"""People, departments and bodies."""
