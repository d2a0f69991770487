"""Writes the OpenAPI document: ``python -m api.document > docs/openapi.json``, or `make openapi`."""

import sys

from flask import Flask

import api
from api.openapi import written


def main() -> None:
    """Only the views are looked at: no installation is needed."""
    app = Flask("document", static_folder=None)
    api.register(app)
    sys.stdout.write(written(app))


if __name__ == "__main__":
    main()
