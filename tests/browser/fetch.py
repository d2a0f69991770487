"""`python -m tests.browser.fetch`: what the journeys need, or one sentence why it cannot be had."""

import sys

from tests.browser.chromium import NoChromium, fetch

if __name__ == "__main__":
    try:
        fetch()
    except NoChromium as error:
        sys.exit(f"green life code: {error}")
