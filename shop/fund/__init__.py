"""The joint marketing fund: its share of every sale, every baht out with purpose, document and two people; public books."""
