"""What a project is: its facts, its status, and what its figures say."""
