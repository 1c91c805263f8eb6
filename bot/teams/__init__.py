"""Everything that speaks Teams' protocol. The Bot Framework is imported in this folder alone."""
