"""Journeys in a real Chromium, against the real application on a demo market of its own."""
