"""Deputies, who report in a lead's place for a time."""
