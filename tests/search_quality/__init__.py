"""How well search finds: a judged set of queries over real goods, written before the ranking and half of it held back.

`queries.csv`: what is typed, the numbers of the goods wanted (their order in `shop/seed/data/products.csv`, from 1), what
kind of query it is, and whether it is held back: nothing was tuned on those. Judged by one author.
"""
