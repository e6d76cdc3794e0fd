"""One commit per change of a FAQ file, when the folder of the FAQ is itself a git repository.

Only that file is committed: what somebody else prepared stays prepared. Nothing of the machine's
settings may stop or surprise us: no hook, no signature, no name asked for, no editor. A failure
is logged without anybody's words, and changes nothing of what was written.
"""

import logging
import os
import re
import shutil
import subprocess
from pathlib import Path

ROBOT = "Passerelle"
ADDRESS = "passerelle@localhost"
PATIENCE = 30  # seconds for one command
# What a repository or a machine may set, and that would run a program or ask a question.
QUIET = {
    "core.hooksPath": os.devnull,
    "core.fsmonitor": "false",
    "commit.gpgSign": "false",
    "gc.auto": "0",
    "maintenance.auto": "false",
    "user.name": ROBOT,
    "user.email": ADDRESS,
}

logger = logging.getLogger(__name__)


class _GitFailedError(Exception):
    """What git was asked, and how it ended."""


def is_repository(folder: Path) -> bool:
    """Whether the folder itself is the root of a git work tree, not one inside another."""
    if not (folder / ".git").exists():
        return False
    try:
        return Path(_git(folder, "rev-parse", "--show-toplevel")).resolve() == folder.resolve()
    except _GitFailedError as failure:
        logger.warning("git does not read the folder of the FAQ: %s", failure)
        return False


def commit_file(folder: Path, file: Path, author: str, message: str) -> str | None:
    """Commit `file` alone; the short hash, or None when git failed or the file is elsewhere."""
    try:
        name = file.resolve().relative_to(folder.resolve()).as_posix()
    except ValueError:  # a link that leads out of the repository
        logger.warning("a FAQ file is outside of its repository: no commit")
        return None
    try:
        _git(folder, "add", "--intent-to-add", "--", name)
        options = ("--quiet", "--no-verify", "--no-gpg-sign", f"--author={_named(author)}")
        _git(folder, "commit", *options, f"--message={message}", "--only", "--", name)
        return _git(folder, "rev-parse", "--short", "HEAD")
    except _GitFailedError as failure:
        logger.warning("a change of the FAQ is written but not committed: %s", failure)
        return None


def committed_bytes(folder: Path, file: Path) -> bytes | None:
    """What the last commit holds of `file`; None when it does not, or git failed."""
    try:
        name = file.resolve().relative_to(folder.resolve()).as_posix()
        return _run(folder, "cat-file", "blob", f"HEAD:{name}")
    except (ValueError, _GitFailedError):
        return None


def _git(folder: Path, *words: str) -> str:
    return _run(folder, *words).decode("utf-8", "replace").strip()


def _run(folder: Path, *words: str) -> bytes:
    if (git := shutil.which("git")) is None:
        raise _GitFailedError("git is not installed")
    settings = [part for name, value in QUIET.items() for part in ("-c", f"{name}={value}")]
    try:
        done = subprocess.run(  # noqa: S603 (fixed words and a file name, no shell)
            [git, *settings, "--literal-pathspecs", *words],
            cwd=folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _GitFailedError(f"git {words[0]}: {type(error).__name__}") from None
    if done.returncode:
        raise _GitFailedError(f"git {words[0]} ended with {done.returncode}")
    return done.stdout


def _environment() -> dict[str, str]:
    """Ours, without what points git at another repository (we may run inside a hook)."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | {"GIT_TERMINAL_PROMPT": "0", "GIT_EDITOR": "true", "LC_ALL": "C.UTF-8"}


def _named(author: str) -> str:
    """« Claire <passerelle@localhost> »; signs that git gives a meaning to are left out."""
    name = re.sub(r"[<>\x00-\x1f\x7f]", "", author).strip(" .,:;\"'\\")
    return f"{name or ROBOT} <{ADDRESS}>"
