"""Reports: how they become part of a project, when they may stay unchanged, and when they are asked for."""
