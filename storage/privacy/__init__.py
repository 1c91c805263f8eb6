"""What is held on a person: found everywhere, and erased."""
