"""What a digitalisation portfolio is: pure data and rules, no I/O and no clock."""
