"""What people do rather than ask: report status, name a deputy, hand a project over, run a round."""
