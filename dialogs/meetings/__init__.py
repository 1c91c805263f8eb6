"""A body's meetings: asked for, moved, cancelled, held after all, and its channel."""
