"""What the ledger costs beside the same rows written by hand, and how it grows: `make bench-ledger`."""
