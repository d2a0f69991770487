"""Photos as evidence of what was done where no code hangs."""

from flask_smorest.fields import Upload
from marshmallow import fields

from api.schemas.fields import COMPLAINTS, In, Out, amount
from greenlife.photos import LARGEST_FILE


class PhotoIn(In):
    """A form of one file."""

    photo = Upload(
        required=True,
        error_messages=COMPLAINTS,
        metadata={"description": f"JPEG, PNG or WebP, at most {LARGEST_FILE} MB; told by its content"},
    )


class DeclaredActionOut(Out):
    """An action that waits until somebody has looked at its photo; its points are kept for it meanwhile."""

    entry_id = fields.String(metadata={"description": "of the entry that an approval books"})
    action = fields.String()
    tier = fields.String()
    state = fields.String(metadata={"description": "pending, booked, refused, withdrawn"})
    mg = amount("milligrams of CO2e avoided; 0, for a photo shows no amount")
    points = amount("points, once it is approved")
    local_day = fields.Date()
