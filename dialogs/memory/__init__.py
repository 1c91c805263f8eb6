"""What a person was answered last in a conversation, and messages that go on from it."""
