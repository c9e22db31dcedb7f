"""The books: accounts, entries and postings in satang. They know no orders and no organisations, only references."""
