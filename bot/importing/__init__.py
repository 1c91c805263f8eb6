"""Files from outside, read with limits and checked before anything is stored."""
