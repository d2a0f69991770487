"""Requests that no use case was asked with: stale forms, wrong addresses, what HTTP itself refuses."""

from translations import N_
from translations.refusals.sentence import UNKNOWN, Refusal

_TRY_AGAIN = N_("Go back, open the page again and repeat the step.")

REQUESTS: dict[str, Refusal] = {
    "error": UNKNOWN,
    "form_stale": Refusal(
        N_("This form is too old"),
        N_("It was open for too long, or it was opened before you signed in."),
        _TRY_AGAIN,
    ),
    "address_unknown": Refusal(
        N_("There is no such page"),
        N_("The address is mistyped, or the page has moved."),
        N_("Start from the home page."),
    ),
    "method_not_allowed": Refusal(
        N_("This page cannot be opened this way"), N_("The address expects another kind of request."), _TRY_AGAIN
    ),
    "body_too_large": Refusal(
        N_("Too much was sent at once"),
        N_("Nothing that is sent here needs to be that large."),
        N_("Send less at once."),
    ),
    "request_too_slow": Refusal(
        N_("This arrived too slowly"),
        N_("What was sent took too long to get here, and was not read."),
        N_("Send it again where the connection is better."),
    ),
    "media_type_unsupported": Refusal(
        N_("This kind of content is not understood here"),
        N_("The page expects a form, the interface expects JSON."),
        _TRY_AGAIN,
    ),
    "request_invalid": Refusal(
        N_("The request is not complete"), N_("Something that belongs to it is missing or malformed."), _TRY_AGAIN
    ),
    "internal_error": Refusal(
        N_("Something broke on our side"),
        N_("It is not your fault, and nothing was booked."),
        N_("Try again in a few minutes."),
    ),
    "json_invalid": Refusal(N_("This is not valid JSON"), N_("The body could not be read."), N_("Send JSON in UTF-8.")),
    "json_too_deep": Refusal(
        N_("This JSON is nested too deeply"), N_("At most %(most)s levels are read."), N_("Send a flatter body.")
    ),
    "idempotency_key_missing": Refusal(
        N_("The Idempotency-Key header is missing"),
        N_("Whatever books is sent with a key, so that it is booked once."),
        N_("Send a random key, and the same key when you repeat the request."),
    ),
    "idempotency_key_invalid": Refusal(
        N_("The Idempotency-Key header is not usable"),
        N_("It has at most %(most)s visible ASCII characters."),
        N_("Send a random key, and the same key when you repeat the request."),
    ),
    "input_invalid": Refusal(
        N_("Some fields are wrong"), N_("They are listed under “errors”."), N_("Correct them and send it again.")
    ),
}
