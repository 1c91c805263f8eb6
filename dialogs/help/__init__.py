"""What can be asked, and words where there is nothing to look up."""
