"""A group's goods as a sheet: out, corrected, in again."""
