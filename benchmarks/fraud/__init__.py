"""A made-up city of honest people and of cheats, and how the rules of ``greenlife.review`` tell them apart."""
