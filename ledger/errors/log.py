"""What does not hold in a transparency log: hashes, tiles, notes, checkpoints and proofs."""

from ledger.errors.base import LedgerError


class LogError(LedgerError):
    code = "log_invalid"
    kind = "invalid"


# Numbers and hashes.
class TreeSizeInvalid(LogError):
    """Not a number of leaves, or the sizes of two trees are the wrong way round; ``params``: size, or old and new."""

    code = "tree_size_invalid"


class OutOfTree(LogError):
    """A tree of this size has no such leaf or inner hash; ``params``: level (0: a leaf), index, size."""

    code = "out_of_tree"


class HashInvalid(LogError):
    """Not 32 bytes."""

    code = "hash_invalid"


class ConsistencyFalse(LogError):
    """The proof does not show that one tree continues the other; ``params``: old, new (their sizes)."""

    code = "consistency_false"


# Tiles and bundles.
class TilePathInvalid(LogError):
    """Not the path of a tile or bundle; ``params``: path (shortened)."""

    code = "tile_path_invalid"


class TileTruncated(LogError):
    """Fewer bytes than its path says; ``params``: path, found, expected."""

    code = "tile_truncated"


class TileOverlong(LogError):
    """More bytes than its path says; ``params``: path, found, expected."""

    code = "tile_overlong"


class TileFalse(LogError):
    """Of the right length, and not the tile of this tree: changed, out of order, or another log's.

    ``params``: paths. One path where a parent tile says otherwise; all partial tiles where together they do not give
    the root, because then nothing tells which of them is wrong.
    """

    code = "tile_false"


class BundleMalformed(LogError):
    """Not so many entries with their lengths; ``params``: why (width, cut, trailing)."""

    code = "bundle_malformed"


class BundleFalse(LogError):
    """An entry does not hash to what the tile says; ``params``: position (in the bundle, from 0)."""

    code = "bundle_false"


class LeafTooLong(LogError):
    """``params``: found, most (bytes)."""

    code = "leaf_too_long"


# Notes and keys.
class KeyMalformed(LogError):
    """Not the text of a key; ``params``: why (form, name, key_id, algorithm, length). The text is never among them."""

    code = "key_malformed"


class KeysAmbiguous(LogError):
    """Two different known keys have one name and one id; ``params``: name, key_id."""

    code = "keys_ambiguous"


class NoteMalformed(LogError):
    """``params``: why (size, utf8, control, separator, signature, signatures, text)."""

    code = "note_malformed"


class SignatureUnknown(LogError):
    """No known key signed this; ``params``: names (of the keys that did)."""

    code = "signature_unknown"


class SignatureFalse(LogError):
    """A signature under the name and id of a known key is not that key's; ``params``: name, key_id."""

    code = "signature_false"


# Checkpoints and proofs.
class CheckpointMalformed(LogError):
    """``params``: why (lines, origin, size, root, extension)."""

    code = "checkpoint_malformed"


class OriginForeign(LogError):
    """A well signed checkpoint, of another log; ``params``: found, expected."""

    code = "origin_foreign"


class ProofMalformed(LogError):
    """``params``: why (size, utf8, header, extra, index, hash, checkpoint)."""

    code = "proof_malformed"


class ProofFalse(LogError):
    """The proof does not lead from the leaf to the root; ``params``: index, size."""

    code = "proof_false"


class ReceiptMalformed(LogError):
    """What a receipt shows has not the form of an entry; ``params``: why (opening, leaf, body, row)."""

    code = "receipt_malformed"


class ReceiptFalse(LogError):
    """What a receipt shows is not what the log commits to; ``params``: part (book, body, row)."""

    code = "receipt_false"


# Auditors' openings.
class OpeningMalformed(LogError):
    """A file of openings is not written as it has to be; ``params``: line, why (line, format, head, opening, body,
    end, cut); for a body the line is the leaf's index.
    """

    code = "opening_malformed"


class OpeningFalse(LogError):
    """What is opened is not what the log has; ``params``: index, why (order, leaf, body, book, unbalanced)."""

    code = "opening_false"


class TotalsMalformed(LogError):
    """Not a table of totals; ``params``: line."""

    code = "totals_malformed"


class TotalsDiffer(LogError):
    """A stated total is not what the openings amount to.

    ``params``: of, name, day, unit, stated, found, stated_entries, found_entries.
    """

    code = "totals_differ"


# The log that is kept.
class LeafFalse(LogError):
    """An entry is not, or no longer, what its leaf says; ``params``: book, entry_id."""

    code = "leaf_false"


class RowUnreadable(LogError):
    """A row holds what its column cannot mean, so nothing can be made of it; ``params``: table, key, column, expected.

    Only somebody who went round the ledger, or a damaged disk, writes such a thing.
    """

    code = "row_unreadable"


class LogRewound(LogError):
    """There is less of the log than was signed, as of an older copy; ``params``: book, kept, found (sizes)."""

    code = "log_rewound"


class LogForked(LogError):
    """The log is not the one that was signed; ``params``: book, size (of what was signed)."""

    code = "log_forked"


class LogSound(LogError):
    """The database continues what was signed, so the log is not begun again; ``params``: book, size (of what was)."""

    code = "log_sound"


class LogStopped(LogError):
    """Nothing more is signed for this book until somebody has looked; ``params``: book, why (a code)."""

    code = "log_stopped"
