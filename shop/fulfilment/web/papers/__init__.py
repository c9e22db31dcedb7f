"""Papers of hubs and groups, and where a scanned square leads."""
