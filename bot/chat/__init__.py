"""The chat page of local mode: Microsoft's Web Chat against a small Direct Line and Connector of our own."""
