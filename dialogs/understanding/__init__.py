"""Danish and English text into a question or an order: one reading, or what is unclear."""
