"""The way in over HTTP: what comes is checked before it is read and read before it is believed."""
