"""What every test may count on: no network, no setting of the machine's, a home of its own.

The guard stands from before the first import of the program until the end of the run. A refused
call raises past every `except Exception`, and the test during which it happened fails even when
something swallowed it. Processes that a test starts stand outside the guard: they must be given
addresses on 127.0.0.1.
"""

import os
import re
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

# python-telegram-bot reads this once, at import: durations are timedelta, its coming default.
os.environ["PTB_TIMEDELTA"] = "1"

SETTINGS = re.findall(
    r"^#([A-Z_]+)=",
    (Path(__file__).parents[1] / ".env.example").read_text(encoding="utf-8"),
    re.MULTILINE,
)
for _name in [*SETTINGS, *(name for name in os.environ if name.lower().endswith("_proxy"))]:
    os.environ.pop(_name, None)  # a developer's token, or a proxy, must not reach a test

LOOPBACK = {"127.0.0.1", "::1", "localhost"}
# Looked up by a server before it listens. Like those above, they ask no name server.
ANY_ADDRESS = {None, "", "0.0.0.0", "::"}  # noqa: S104
NAMES_KNOWN_HERE = LOOPBACK | ANY_ADDRESS

refused_calls: list[str] = []


class NetworkRefusedError(BaseException):
    """A test tried to leave the machine. Not an Exception, so that no retry loop catches it."""


def _refuse(call: str, target: object) -> NoReturn:
    refused_calls.append(f"{call} {target!r}")
    raise NetworkRefusedError(refused_calls[-1])


def _guard_address(name: str, position: int) -> None:
    """Wrap the method `name` of sockets, whose argument number `position` is the address."""
    original = getattr(socket.socket, name)

    def guarded(self: socket.socket, *args: Any) -> Any:
        address = args[position]
        if self.family != socket.AF_UNIX and address[0] not in LOOPBACK:
            _refuse(name, address)
        return original(self, *args)

    setattr(socket.socket, name, guarded)


def _guard_lookup(name: str) -> None:
    """Wrap the function `name` of the socket module, whose first argument is the host."""
    original: Callable[..., Any] = getattr(socket, name)

    def guarded(host: Any, *args: Any, **kwargs: Any) -> Any:
        if (host.decode() if isinstance(host, bytes) else host) not in NAMES_KNOWN_HERE:
            _refuse(name, host)
        return original(host, *args, **kwargs)

    setattr(socket, name, guarded)


_guard_address("connect", 0)
_guard_address("connect_ex", 0)
_guard_address("sendto", -1)
for _name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr"):
    _guard_lookup(_name)


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Whatever keeps files in the home of whoever runs it (a browser does) finds an empty one."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(folder))
        for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
            patch.delenv(name, raising=False)
        yield folder


@pytest.fixture(autouse=True)
def network_refusals() -> Iterator[list[str]]:
    """Fail the test that tried to leave the machine. It may empty the list when it meant to."""
    refused_calls.clear()
    yield refused_calls
    assert not refused_calls, "the network is impossible in tests"
