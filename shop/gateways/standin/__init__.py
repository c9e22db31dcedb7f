"""A stand-in for Stripe: remembers payments, answers like its API, sends signed webhooks, and fails when told to.

For tests and the demo. The real library talks to it; only the address changes. It knows nothing of the market.
"""
