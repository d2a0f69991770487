"""Mobile numbers: one form in storage, masked wherever somebody else sees them."""

import unicodedata

from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType, format_number, is_valid_number
from phonenumbers import number_type as kind_of
from phonenumbers import parse as parse_number

from greenlife.errors import PhoneInvalid

REGION = "CN"
LONGEST = 40


def parse_phone(text: str) -> str:
    """The mobile number in E.164 form, whatever spaces, width or prefix it was typed with; raises PhoneInvalid."""
    if len(text) > LONGEST:
        raise PhoneInvalid
    try:
        number = parse_number(unicodedata.normalize("NFKC", text), REGION)
    except NumberParseException:
        raise PhoneInvalid from None
    if not is_valid_number(number) or kind_of(number) not in {
        PhoneNumberType.MOBILE,
        PhoneNumberType.FIXED_LINE_OR_MOBILE,
    }:
        raise PhoneInvalid
    return format_number(number, PhoneNumberFormat.E164)


def mask_phone(phone: str) -> str:
    """138****0021: enough to tell one's own, too little to call."""
    national = phone.removeprefix("+86")
    return f"{national[:3]}****{national[-4:]}"
