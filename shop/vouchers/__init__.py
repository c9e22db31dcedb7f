"""Vouchers: a discount by a code, paid for by the joint fund or by a group; who bears it stands on every order."""
