"""The optional second reader: a language model at an address of the municipality's own."""
