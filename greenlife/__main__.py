"""`python -m greenlife` is the `greenlife` command."""

from greenlife.cli import main

main()
