"""The parts that all cards are made of."""
