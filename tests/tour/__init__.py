"""A tour through the market: every kind of page, in every state a visitor can meet. Tests and screenshots walk it."""
