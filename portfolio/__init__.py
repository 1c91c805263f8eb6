"""The digitalisation portfolio: pure data and rules, no I/O and no clock."""
