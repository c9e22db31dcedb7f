"""From held to ready to paid out: holds that end, bank details, batches of payouts, statements."""
