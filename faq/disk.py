"""Whether what is written in a folder stays there, and what a disk's refusal means, in French."""

import errno
import os
import re
from collections.abc import Mapping
from pathlib import Path

FORGETFUL = {
    "tmpfs",
    "ramfs",
    "overlay",
    "overlayfs",
    "aufs",
}  # lost with the machine or container

HEROKU = "Heroku efface ce disque chaque jour. Mettez les fiches dans le dépôt Git."
CLOUD_RUN = "Cloud Run efface ce disque à chaque arrêt. Mettez les fiches dans le dépôt Git."
LOST = "Ce disque est effacé à chaque redémarrage. Mettez les fiches sur un disque gardé."
READ_ONLY = "Le robot n’a pas le droit d’écrire dans ce dossier. Changez ses droits."
FULL = "Le disque est plein. Faites de la place, puis réessayez."
FORBIDDEN = "Le robot n’a pas le droit d’écrire ce fichier. Prévenez la personne technique."
NOT_OURS = "le robot n’a pas le droit de lire ce fichier. Changez ses droits."
UNREAD = "ce fichier ne peut pas être lu. Prévenez la personne technique."
FAILED = "Le fichier n’a pas pu être écrit. Prévenez la personne technique."


def thrown_away(path: Path, environ: Mapping[str, str], mounts_text: str) -> str | None:
    """Why writing in the folder `path` would be for nothing; None when what is written stays.

    `mounts_text`: what /proc/self/mountinfo holds, or "" on a machine without it.
    """
    if "DYNO" in environ:
        return HEROKU
    if "K_SERVICE" in environ:
        return CLOUD_RUN
    if _kind_of_disk(path.resolve(), mounts_text) in FORGETFUL:
        return LOST
    return why_closed(path)


def why_closed(folder: Path) -> str | None:
    """Why no file may be made there, or None."""
    return None if os.access(folder, os.W_OK | os.X_OK) else READ_ONLY


def why_failed(error: OSError) -> str:
    """The sentence for what a disk refused."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return FULL
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return FORBIDDEN
    return FAILED


def why_unread(error: OSError) -> str:
    """Why a file that is there could not be read, as errors of the FAQ say it."""
    return NOT_OURS if error.errno in (errno.EACCES, errno.EPERM) else UNREAD


def _kind_of_disk(path: Path, mounts_text: str) -> str | None:
    """The file system of the nearest mount above `path`; of two on one folder, the last hides."""
    nearest, kind = -1, None
    for line in mounts_text.splitlines():
        head, _, tail = line.partition(" - ")  # proc(5): five fields, options, « - », the type
        fields = head.split()
        if len(fields) < 5 or not tail:
            continue
        mount = Path(_unescaped(fields[4]))
        if path.is_relative_to(mount) and len(mount.parts) >= nearest:
            nearest, kind = len(mount.parts), tail.split()[0]
    return kind


def _unescaped(mount: str) -> str:
    """A space in the name of a folder is written \\040."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), mount)
