"""The rules of the house that no type checker sees: who imports whom, and what a file may hold."""

import ast
import re
import shutil
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bot.settings import Settings
from tests.conftest import SETTINGS, NetworkRefusedError

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "faq", "handlers")
LONGEST_FILE = 400  # lines; the aim is 90 in the middle and 330 at most
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

SQL = re.compile(
    r"\b(SELECT\s|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+(TABLE|UNIQUE|INDEX)"
    r"|ALTER\s+TABLE|DROP\s+(TABLE|INDEX)|PRAGMA\s|BEGIN\s+IMMEDIATE|ON\s+CONFLICT|VACUUM)"
)
CLOCKS = {
    "datetime.now",
    "datetime.datetime.now",
    "date.today",
    "datetime.date.today",
    "time.time",
}
# In two halves, so that this file does not hold what it forbids.
REGISTRIES = [
    "".join(halves)
    for halves in (
        ("pypi", ".org"),
        ("python", "hosted.org"),
        ("npmjs", ".org"),
        ("deb.", "debian.org"),
        ("pkg", ".dev"),
        ("--index", "-url"),
        ("--extra-index", "-url"),
        ("--find", "-links"),
    )
]
MACHINE_PATH = re.compile(r"(?<![\w./~-])/(work|root|home|Users|opt|tmp|mnt)/\w")
REAL_TOKEN = re.compile(r"\b\d{8,10}:[A-Za-z0-9_-]{35}\b")


def sources(*folders: str) -> list[Path]:
    """The Python files of the given folders, in a stable order."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def tree_of(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def place(path: Path, line: int | None = None) -> str:
    """`bot/domain.py:12`, as an editor opens it."""
    return f"{path.relative_to(ROOT)}{'' if line is None else f':{line}'}"


def committed_files() -> list[Path]:
    """Every file committed or about to be; where git cannot say, all but what it ignores."""
    if git := shutil.which("git"):
        answer = subprocess.run(
            [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        if answer.returncode == 0:
            return [path for name in answer.stdout.split("\0") if (path := ROOT / name).is_file()]
    rules = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    ignored = {".git", *(rule.strip("/") for rule in rules if rule.endswith("/"))}
    return [
        path
        for path in ROOT.rglob("*")
        if path.is_file() and ignored.isdisjoint(path.relative_to(ROOT).parts)
    ]


def committed_lines() -> Iterator[tuple[str, str]]:
    """Each line of each committed text, with its place. A file that is not UTF-8 is no text."""
    for path in committed_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            yield place(path, number), line


def documentation_of(tree: ast.Module) -> set[int]:
    """The ids of the nodes that are docstrings: prose may name what code may not hold."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """Each string that the code of a file holds, docstrings left out, with its line."""
    tree = tree_of(path)
    prose = documentation_of(tree)
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in prose
        ):
            yield node.lineno, node.value


def named_values(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    """Each value given a name in a call (`f(offset=1)`) or in a dict (`{"offset": 1}`)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg:
            yield node.arg, node.value
        elif isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    yield key.value, value


def requirements(name: str) -> dict[str, Requirement]:
    """The pins of a requirements file, by canonical name."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    pins = [
        Requirement(line) for line in lines if line.strip() and not line.lstrip().startswith("#")
    ]
    return {canonicalize_name(pin.name): pin for pin in pins}


def wanted(group: str) -> Iterator[Requirement]:
    """What a dependency group of pyproject.toml asks for, its included groups unfolded."""
    for item in PROJECT["dependency-groups"][group]:
        if isinstance(item, str):
            yield Requirement(item)
        else:
            yield from wanted(item["include-group"])


def layers() -> str:
    """The layers that pyproject.toml declares, as one text."""
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    return " ".join(next(one["layers"] for one in contracts if one["id"] == "layers"))


def test_nobody_imports_upwards() -> None:
    """The import contracts of pyproject.toml hold: layers, and who may know which library."""
    # In a process of its own: import-linter configures logging, and would silence every logger.
    linter = "from importlinter.cli import lint_imports as lint; raise SystemExit(lint({}))"
    answer = subprocess.run(
        [sys.executable, "-c", linter.format("no_cache=True, no_logo=True")],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_every_module_of_the_core_has_a_layer() -> None:
    """A new module of bot/ is given its place in the layers before it can import anything."""
    known = set(re.findall(r"bot\.(\w+)", layers()))
    modules = {path.stem for path in (ROOT / "bot").glob("*.py")} - {"__init__"}
    rooms = {path.parent.name for path in (ROOT / "bot").glob("*/__init__.py")}
    assert (modules | rooms) - known == set()


def test_sql_lives_in_the_store() -> None:
    """No string outside bot/store/ is SQL: a second database would be one new folder."""
    store = ROOT / "bot" / "store"
    found = [
        place(path, line)
        for path in sources(*PACKAGES)
        if store not in path.parents
        for line, text in literals(path)
        if SQL.search(text)
    ]
    assert found == []


def test_only_the_command_line_prints() -> None:
    """The packages log; only bot/__main__.py writes to the terminal."""
    found = [
        place(path, node.lineno)
        for path in sources(*PACKAGES)
        if path != ROOT / "bot" / "__main__.py"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        if isinstance(node.func, ast.Name)
        if node.func.id == "print"
    ]
    assert found == []


def test_the_core_has_no_clock_of_its_own() -> None:
    """What time it is is passed in to the helpdesk: a test can say that it is Sunday."""
    has_clock = {ROOT / "bot" / "__main__.py", *sources("bot/simulator")}
    found = [
        place(path, node.lineno)
        for path in sources("bot")
        if path not in has_clock
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute)
        if ast.unparse(node) in CLOCKS
    ]
    assert found == []


def test_nothing_committed_names_a_registry() -> None:
    """Where packages come from is the machine's business: no host, no option, in any file."""
    found = [at for at, line in committed_lines() if any(word in line for word in REGISTRIES)]
    assert found == []


def test_nothing_committed_names_a_path_of_this_machine() -> None:
    """A clone works anywhere: no file names a folder of whoever wrote it."""
    found = [at for at, line in committed_lines() if MACHINE_PATH.search(line)]
    assert found == []


def test_nothing_committed_looks_like_a_real_token() -> None:
    """A token is a secret: even those made up for tests are shorter than the real ones."""
    found = [at for at, line in committed_lines() if REAL_TOKEN.search(line)]
    assert found == []


def test_files_stay_short() -> None:
    """A file that nobody can hold in their head is two files."""
    lengths = {
        place(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in sources(*PACKAGES)
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_every_test_makes_a_promise() -> None:
    """Each test function says in its docstring what it promises."""
    found = [
        place(path, node.lineno)
        for path in sources("tests")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if node.name.startswith("test") and not ast.get_docstring(node)
    ]
    assert found == []


def test_no_update_is_ever_dropped() -> None:
    """Nothing in handlers/ skips what waits at Telegram: no negative offset, no dropping."""
    found = [
        place(path, value.lineno)
        for path in sources("handlers")
        for name, value in named_values(tree_of(path))
        if (name == "offset" and isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.USub))
        or (name == "drop_pending_updates" and getattr(value, "value", None) is not False)
    ]
    assert found == []


def test_every_setting_is_shown_in_the_example() -> None:
    """.env.example names every setting that the program reads, and no other."""
    assert sorted(SETTINGS) == sorted(name.upper() for name in Settings.model_fields)


@pytest.mark.parametrize(
    "file", ["requirements.txt", "requirements-dev.txt", "requirements-bench.txt"]
)
def test_the_pins_are_what_the_project_asks_for(file: str) -> None:
    """Every dependency of pyproject.toml is pinned, at a version that it accepts."""
    pins = requirements(file)
    asked = [Requirement(line) for line in PROJECT["project"]["dependencies"]]
    asked += wanted("dev") if file == "requirements-dev.txt" else []
    asked = wanted("bench") if file == "requirements-bench.txt" else asked
    for requirement in asked:
        (exact,) = pins[canonicalize_name(requirement.name)].specifier
        assert exact.operator == "=="
        assert requirement.specifier.contains(exact.version), str(requirement)


def test_tests_run_what_people_run() -> None:
    """Whatever make run installs, make test installs at the same version."""
    working = requirements("requirements-dev.txt")
    assert {name: working.get(name) for name in requirements("requirements.txt")} == requirements(
        "requirements.txt"
    )


def test_a_test_cannot_leave_the_machine(network_refusals: list[str]) -> None:
    """Connecting, sending or looking a name up elsewhere is refused, and remembered."""
    elsewhere = ("192.0.2.1", 443)  # reserved for documentation, RFC 5737
    with socket.socket() as stream, pytest.raises(NetworkRefusedError):
        stream.connect(elsewhere)
    with socket.socket() as stream, pytest.raises(NetworkRefusedError):
        stream.connect_ex(elsewhere)
    with socket.socket(type=socket.SOCK_DGRAM) as datagrams, pytest.raises(NetworkRefusedError):
        datagrams.sendto(b"?", elsewhere)
    with pytest.raises(NetworkRefusedError):
        socket.getaddrinfo("api.telegram.org", 443)
    assert len(network_refusals) == 4
    network_refusals.clear()


def test_a_test_can_talk_to_itself() -> None:
    """A server of the test, on 127.0.0.1, is reached by address and by name."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        for host in ("127.0.0.1", "localhost"):
            socket.create_connection((host, server.getsockname()[1])).close()
