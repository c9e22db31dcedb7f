"""Cooperatives, groups, members and certificates as rows of a sheet: what columns there are, what a row means, what it changes."""
