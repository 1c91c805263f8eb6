"""The Teams app package: manifest, icons and their texts."""
