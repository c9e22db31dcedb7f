"""`make bench`: the market's pages against two floors, in one run, at 5,000 and at 100,000 products.

floors    what the figures are multiples of: H, a bare hello-world, and C, twenty bare cards
server    the market under gunicorn on a copy of a kept database, with CPU read from /proc
load      a bounded load generator on loopback
targets   what is asked for: pages, flows, orders
measure   rounds that interleave everything, and their medians
books     the pages of the money over 200,000 entries
budgets   what each figure may be at most
report    docs/performance.md
"""
