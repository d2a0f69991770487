"""Photos: what is no photo, what is too large, what was sent before."""

from translations import N_
from translations.refusals.sentence import Refusal

_NOTHING_BOOKED = N_("Nothing was booked. Take the photo again and send that one.")

PHOTOS: dict[str, Refusal] = {
    "photo_missing": Refusal(
        N_("There is no photo yet"), N_("No file was chosen, or an empty one."), N_("Take a photo, then send it.")
    ),
    "photo_too_large": Refusal(
        N_("This photo is too large"),
        N_("A photo may have %(most)s megabytes."),
        N_("Take it at a lower resolution, or send it to yourself in a chat first: that makes it smaller."),
    ),
    "photo_too_many_pixels": Refusal(
        N_("This photo has too many pixels"),
        N_("A file of this kind may have %(most)s megapixels. It was not opened."),
        N_("Take it at a lower resolution, with the camera’s usual setting."),
    ),
    "photo_too_small": Refusal(
        N_("This picture is too small"),
        N_("Nothing can be recognised in it: the shorter side needs %(least)s pixels."),
        N_("Send the photo itself, not its thumbnail."),
    ),
    "photo_not_known": Refusal(
        N_("This is not a photo"), N_("Photos are JPEG, PNG or WebP."), N_("Choose a photo from your camera.")
    ),
    "photo_heif": Refusal(
        N_("This kind of photo cannot be opened here"),
        N_("It is in HEIC or AVIF, which phones write to save space."),
        N_("Choose “Most compatible” in the camera’s settings and take it again, or send a screenshot of the photo."),
    ),
    "photo_moving": Refusal(
        N_("This picture moves"), N_("One still photo is looked at, no animation."), _NOTHING_BOOKED
    ),
    "photo_broken": Refusal(
        N_("This photo cannot be opened"), N_("The file is damaged, or part of it is missing."), _NOTHING_BOOKED
    ),
    "too_many_photos": Refusal(
        N_("These were too many photos for one day"),
        N_("%(most)s photos a day are opened for one person, and those that were refused count too."),
        N_("Send the next one tomorrow."),
    ),
    "photo_used": Refusal(
        N_("This photo was sent before"),
        N_("Each photo counts once, whoever sends it."),
        N_("Take a new photo the next time you do it."),
    ),
    "photo_unknown": Refusal(
        N_("There is no such photo"),
        N_("It was deleted when its time was over, or it is not yours to see."),
        N_("Go back to the list."),
    ),
}
