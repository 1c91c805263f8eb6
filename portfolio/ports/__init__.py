"""What the domain needs of a database, as protocols that storage keeps."""
