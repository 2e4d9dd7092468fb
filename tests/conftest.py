"""No test may reach out: every connection but those inside this process is refused."""

import socket

import pytest


def _refuse(self, address, *_):
    raise ConnectionRefusedError(f"a test tried to connect to {address!r}")


@pytest.fixture(autouse=True, scope="session")
def _no_network():
    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", _refuse)
    patch.setattr(socket.socket, "connect_ex", _refuse)
    yield
    patch.undo()
