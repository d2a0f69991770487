"""What does not hold in the public log. Who meets these is checking a receipt, or the log itself."""

from translations import N_
from translations.refusals.sentence import Refusal

_FETCH_AGAIN = N_("Fetch it again from the public log. If it stays, tell the help line the code below.")
_LOOK_AT_THE_NUMBERS = N_("Look at the numbers and try again.")
_DO_NOT_TRUST = N_("Do not rely on it, and tell the help line the code below.")

_FILE_MALFORMED = Refusal(
    N_("This file of the log cannot be read"), N_("It is cut off, or it is not in the form the log uses."), _FETCH_AGAIN
)
_FILE_FALSE = Refusal(
    N_("This file does not belong to this log"),
    N_("It does not lead to the signed root: it was changed, or it comes from another log."),
    _DO_NOT_TRUST,
)
_KEY = Refusal(
    N_("This key cannot be used"),
    N_("The text of the key is not complete, or its parts do not belong together."),
    N_("Copy the key again from where the log publishes it."),
)

LOG: dict[str, Refusal] = {
    "log_invalid": _FILE_MALFORMED,
    "tree_size_invalid": Refusal(
        N_("The log cannot have this size"), N_("A log only grows, from zero on."), _LOOK_AT_THE_NUMBERS
    ),
    "out_of_tree": Refusal(
        N_("The log has no such entry yet"), N_("At this size it ends before that."), _LOOK_AT_THE_NUMBERS
    ),
    "hash_invalid": Refusal(N_("This is not a hash"), N_("A hash of the log has 32 bytes."), _FETCH_AGAIN),
    "consistency_false": Refusal(
        N_("The log does not continue what it showed before"),
        N_("An entry that was there is gone, changed or in another place."),
        N_("Keep both checkpoints: together they are the evidence. Tell the help line the code below."),
    ),
    "tile_path_invalid": Refusal(
        N_("The log has no such file"), N_("The address is not complete."), N_("Check the address.")
    ),
    "tile_truncated": _FILE_MALFORMED,
    "tile_overlong": _FILE_MALFORMED,
    "tile_false": _FILE_FALSE,
    "bundle_malformed": _FILE_MALFORMED,
    "bundle_false": _FILE_FALSE,
    "leaf_too_long": Refusal(
        N_("This entry is too long for the log"),
        N_("It has %(found)s bytes, at most %(most)s fit."),
        N_("Tell the help line the code below."),
    ),
    "key_malformed": _KEY,
    "keys_ambiguous": Refusal(
        N_("Two keys look the same"),
        N_("They have one name and one number, and are different keys."),
        N_("Find out which of the two is the log's, and remove the other."),
    ),
    "note_malformed": Refusal(
        N_("The signed text cannot be read"), N_("It is cut off, or something was added."), _FETCH_AGAIN
    ),
    "signature_unknown": Refusal(
        N_("Nobody you know signed this"),
        N_("None of its signatures is by a key you have."),
        N_("Check that you have the log's current key, and that this comes from this log."),
    ),
    "signature_false": Refusal(
        N_("The signature is false"),
        N_("The text was changed after it was signed, or somebody forged it."),
        _DO_NOT_TRUST,
    ),
    "checkpoint_malformed": Refusal(
        N_("The checkpoint cannot be read"), N_("It is not in the form the log uses."), _FETCH_AGAIN
    ),
    "origin_foreign": Refusal(
        N_("This belongs to another log"),
        N_("It comes from %(found)s, not from %(expected)s."),
        N_("Choose the log it belongs to."),
    ),
    "leaf_false": Refusal(
        N_("An entry is no longer what the log says"),
        N_("%(entry_id)s in %(book)s was changed or removed after it was recorded."),
        N_("Nothing more is signed. Compare with a backup, and keep both as evidence."),
    ),
    "row_unreadable": Refusal(
        N_("A row of the database cannot be read"),
        N_("%(table)s, %(key)s: %(column)s is damaged."),
        N_("Nothing more is signed. Compare with a backup, and keep both as evidence."),
    ),
    "log_rewound": Refusal(
        N_("Part of the log is missing"),
        N_("%(book)s has %(found)s entries in its log, and %(kept)s were signed: this may be an older copy."),
        N_("Nothing more is signed. Restore the newest copy of the database."),
    ),
    "log_forked": Refusal(
        N_("This is not the log that was signed"),
        N_("%(book)s differs from the checkpoint of %(size)s entries that is kept beside the key."),
        N_("Nothing more is signed. Keep the checkpoint and the database: together they are the evidence."),
    ),
    "log_sound": Refusal(
        N_("Nothing of this log is lost"),
        N_("%(book)s has all %(size)s entries that were signed."),
        N_("Remove the file “stopped” beside the checkpoint: the log goes on."),
    ),
    "log_stopped": Refusal(
        N_("Nothing more is signed for %(book)s"),
        N_("A check failed before: %(why)s."),
        N_("Find out what happened, then remove the file “stopped” beside the checkpoint."),
    ),
    "opening_malformed": Refusal(
        N_("The file of openings cannot be read"),
        N_("Line %(line)s is cut off, missing, or not in the form that openings have."),
        N_("Ask for the file again."),
    ),
    "opening_false": Refusal(
        N_("An opening is not what the log has"),
        N_("Entry %(index)s was changed, is out of its place, or does not add up: %(why)s."),
        N_("Keep the file: with the signed checkpoint it is the evidence."),
    ),
    "totals_malformed": Refusal(
        N_("The table of totals cannot be read"),
        N_("Line %(line)s is not in the form that totals have."),
        N_("Compare its first line with that of a table the program wrote."),
    ),
    "totals_differ": Refusal(
        N_("A stated total is not what the entries amount to"),
        N_(
            "%(of)s %(name)s %(day)s: stated %(stated)s %(unit)s in %(stated_entries)s entries, "
            "found %(found)s in %(found_entries)s."
        ),
        N_("Keep both tables, and ask for an explanation."),
    ),
    "proof_malformed": Refusal(
        N_("The proof cannot be read"),
        N_("It is not complete, or its checkpoint is missing."),
        N_("Download the proof again. If it stays, tell the help line the code below."),
    ),
    "proof_false": Refusal(
        N_("The proof does not fit this entry"),
        N_("It does not lead from the entry to the signed root: one of the two was changed."),
        _DO_NOT_TRUST,
    ),
    "receipt_malformed": Refusal(
        N_("The proof shows no entry"),
        N_("It is not complete, or it was made by another program."),
        N_("Download the proof again. If it stays, tell the help line the code below."),
    ),
    "receipt_false": Refusal(
        N_("The proof shows something else than the log"),
        N_("What it says about the entry is not what was signed: one of the two was changed."),
        _DO_NOT_TRUST,
    ),
}
