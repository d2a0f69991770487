"""Views: parse, one transaction, one use case, a redirect or a template; one module a chapter."""

from mobile_web.views import (
    counter,
    desk,
    first_steps,
    home,
    household,
    kiosk,
    leaving,
    me,
    methods,
    my_code,
    photos,
    posters,
    proofs,
    records,
    review,
    rules,
    scan,
    sign_in,
    staff_start,
    texts,
    till,
    vouchers,
)

CHAPTERS = (
    counter, desk, first_steps, home, household, kiosk, leaving, me, methods, my_code, photos, posters, proofs, records, review, rules, scan, sign_in, staff_start, texts,
    till, vouchers,
)  # fmt: skip
