"""The demo's chat page: Microsoft's Web Chat against a small Direct Line and Connector of our own."""
