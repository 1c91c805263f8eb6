"""What comes in over HTTP, checked before it is read and read before it is believed."""
