"""Click's own messages in the language of the terminal."""

import gettext
import os
from importlib.resources import files

from greenlife.console import console_locale
from translations import BABEL_NAMES

DOMAIN = "messages"
"""The name of the catalogues' files."""


def speak() -> None:
    """Bind the catalogues for whoever asks the standard library, as click does, and name the terminal's language to it.

    It looks into LANGUAGE before LC_ALL and LANG. Those would not do: they name no script (zh_CN, not zh_Hans_CN), and
    GREENLIFE_LOCALE goes before them.
    """
    gettext.bindtextdomain(DOMAIN, str(files("translations")))
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = BABEL_NAMES[console_locale()]
