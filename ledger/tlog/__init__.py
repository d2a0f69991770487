"""A transparency log in the public formats: bytes in, bytes out; no clock, no randomness, no files, no database.

| module | noun | source |
|---|---|---|
| `merkle` | hashes and the shape of the tree | RFC 6962 section 2.1 |
| `inclusion`, `consistency` | the two proofs | RFC 6962 2.1.1, 2.1.2; RFC 9162 2.1.3, 2.1.4 |
| `edge` | a tree's right edge, and how it grows by a batch of leaves | |
| `tiles`, `bundles` | the static files | c2sp.org/tlog-tiles |
| `tile_reader` | hashes read from tiles that are checked first | c2sp.org/tlog-tiles |
| `keys`, `notes` | Ed25519 keys and what they sign | c2sp.org/signed-note |
| `checkpoints` | a signed tree head | c2sp.org/tlog-checkpoint |
| `proofs` | a leaf's proof that stands alone | c2sp.org/tlog-proof |
| `encodings` | the one spelling of numbers and bytes in these texts | |

Each refuses what it is given with a LogError of its own (``ledger.errors``).
"""
