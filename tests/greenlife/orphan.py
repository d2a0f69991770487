"""A web worker without the watch over its parent: what the test of the watch is compared with."""

import sys

from greenlife import app, serve
from greenlife.front import Front


def create_worker() -> Front:
    return app.in_front_of(app.create_app())


if __name__ == "__main__":
    serve.serve(address="127.0.0.1", port=int(sys.argv[1]), target="tests.greenlife.orphan:create_worker")
