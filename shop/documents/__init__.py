"""Papers of the sellers: receipts, tax invoices, credit notes, numbered without a gap and never changed."""
