"""The optional second reader of messages: a language model at an address of the municipality's own."""
