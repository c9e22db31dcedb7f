"""Tests with a real Elasticsearch, which `tests.elasticsearch` starts."""
