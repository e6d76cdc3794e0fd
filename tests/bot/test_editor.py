"""What the editor of the page may do to the files, asked through the page's own door."""

import json
import threading
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.editor import (
    REFUSED,
    STALE,
    THEN_HUMAN,
    TOO_LONG,
    UNKNOWN,
    UNREADABLE,
    FaqEditor,
)
from bot.simulator.engine import Engine
from bot.simulator.http import SimulatorServer
from faq.disk import FAILED
from faq.live import LiveFaq
from faq.safe_file import BESIDE, VERSIONS, take_place, versions_of
from faq.saving import BOM
from faq.snapshot import MAX_BYTES
from faq.writing import FaqWriter, NewPhrasing, Written
from tests.faq.small_faq import SmallFaq

COMPTES = "content/comptes.yml"
TODAY = date(2026, 11, 22)
OLD, NEW = "Voici la réponse.", "Voici autre chose."


@pytest.fixture(name="small")
def _small(tmp_path: Path) -> SmallFaq:
    return SmallFaq(tmp_path)


@pytest.fixture(name="page")
async def _page(small: SmallFaq) -> AsyncIterator[httpx.AsyncClient]:
    """A browser on a simulator whose FAQ may be edited."""
    live = LiveFaq(small.directory, small.service_file)
    editor = FaqEditor(live, small.directory, small.service_file, lambda: TODAY)
    served = SimulatorServer(Engine(), editor=editor)
    port = await served.start()
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}/sim/faq/") as client:
        yield client
    await served.stop()


async def opened(page: httpx.AsyncClient, name: str = COMPTES) -> Any:
    """The file, as the page gets it."""
    return (await page.get("file", params={"name": name})).json()["result"]


async def post(page: httpx.AsyncClient, path: str, **given: Any) -> Any:
    """The answer to a request, with its `ok`."""
    return (await page.post(path, json=given)).json()


async def test_every_file_may_be_opened_and_no_other(
    page: httpx.AsyncClient, small: SmallFaq
) -> None:
    """The files of the FAQ, by the names that errors call them; no path leads elsewhere."""
    names = [file["name"] for file in (await page.get("files")).json()["result"]]
    common = [
        "service.yml",
        "numeros.yml",
        "domaines.yml",
        "urgences.yml",
        "accueil.yml",
        "synonymes.yml",
    ]
    assert names == [COMPTES, "content/aides.yml", *common]
    for name in names:
        assert (await opened(page, name))["text"] == small.files[name]
    (small.folder / "secret.yml").write_text("secret", encoding="utf-8")
    for name in ("secret.yml", "../secret.yml", "content/../secret.yml", "/etc/passwd", "", "."):
        answer = (await page.get("file", params={"name": name})).json()
        assert answer == {"ok": False, "error": UNKNOWN}
        saved = await post(page, "save", name=name, text="x", version="")
        assert saved == {"ok": False, "error": UNKNOWN}
    assert (small.folder / "secret.yml").read_text(encoding="utf-8") == "secret"


async def test_another_site_cannot_save(page: httpx.AsyncClient, small: SmallFaq) -> None:
    """A form of another site, a name pointed at this machine, half a request write nothing."""
    file = await opened(page)
    wanted = {"name": COMPTES, "text": "x", "version": file["version"], "accepts_mistakes": True}
    plain = {"Content-Type": "text/plain"}
    answer = await page.post("save", content=json.dumps(wanted), headers=plain)
    assert answer.status_code == 415
    foreign = {"Host": "piege.example"}
    assert (await page.post("save", json=wanted, headers=foreign)).status_code == 403
    assert (await page.get("files", headers=foreign)).status_code == 403
    for broken in ({"name": COMPTES}, {**wanted, "text": 3}, {**wanted, "text": "\ud800"}):
        assert (await page.post("save", content=json.dumps(broken), headers={
            "Content-Type": "application/json"})).status_code == 400  # fmt: skip
    assert small.files[COMPTES] == (await opened(page))["text"]


async def test_a_save_is_the_file_and_nothing_else(
    page: httpx.AsyncClient, small: SmallFaq
) -> None:
    """Line ends, the mark of Windows editors and the rights stay; what it was is kept apart."""
    path = small.directory / "comptes.yml"
    path.write_bytes(BOM + small.files[COMPTES].replace("\n", "\r\n").encode())
    path.chmod(0o640)
    before, old = sorted(small.folder.rglob("*")), path.read_bytes()
    file = await opened(page)
    assert file["text"] == small.files[COMPTES]
    text = file["text"].replace(OLD, NEW)
    answer = await post(page, "save", name=COMPTES, text=text, version=file["version"])
    assert answer["result"]["saved"]
    assert path.read_bytes() == BOM + text.replace("\n", "\r\n").encode()
    assert path.stat().st_mode & 0o777 == 0o640
    (kept,) = versions_of(small.directory, "comptes.yml")
    assert kept.read_bytes() == old
    now = sorted(p for p in small.folder.rglob("*") if VERSIONS not in p.parts)
    assert now == before
    assert (await opened(page))["version"] == answer["result"]["version"]


async def test_a_file_changed_meanwhile_is_given_back(
    page: httpx.AsyncClient, small: SmallFaq
) -> None:
    """Changed or deleted on the disk since it was opened: nothing is written, both are known."""
    file = await opened(page)
    small.change(COMPTES, OLD, NEW)
    save = {"name": COMPTES, "text": file["text"], "version": file["version"]}
    answer = (await post(page, "save", **save))["result"]
    assert not answer["saved"]
    assert answer["disk"]["text"] == small.files[COMPTES]
    (small.directory / "comptes.yml").unlink()
    gone = (await post(page, "save", **save))["result"]
    assert gone == {"saved": False, "disk": {"name": COMPTES, "text": "", "version": ""}}
    again = (await post(page, "save", **save | {"version": ""}))["result"]
    assert again["saved"]
    assert (await opened(page))["text"] == file["text"]


def test_the_page_and_telegram_write_in_turn(
    small: SmallFaq, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Claire saves while Telegram replaces the same file: her text is not lost under it."""
    live = LiveFaq(small.directory, small.service_file)
    editor = FaqEditor(live, small.directory, small.service_file, lambda: TODAY)
    file, saved = editor.open(COMPTES), list[Any]()

    def save() -> None:
        text = file["text"].replace(OLD, NEW)
        saved.append(editor.save(COMPTES, text, file["version"], accepts_mistakes=True))

    saving = threading.Thread(target=save)

    def replace_meanwhile(unfinished: Path, path: Path) -> None:
        saving.start()
        saving.join(1)  # far more than a save takes, unless it waits for its turn
        take_place(unfinished, path)

    monkeypatch.setattr("faq.writing.take_place", replace_meanwhile)
    change = NewPhrasing("mdp_caf", "le code de la caf ne marche plus")
    written = FaqWriter(small.directory, small.service_file).write(change, "Paul")
    saving.join()
    now = (small.directory / "comptes.yml").read_text(encoding="utf-8")
    assert isinstance(written, Written)
    assert change.phrasing in now
    assert saved == [{"saved": False, "disk": editor.open(COMPTES)}]


async def test_mistakes_are_said_before_they_are_saved(
    page: httpx.AsyncClient, small: SmallFaq
) -> None:
    """A text with mistakes is refused with them, and taken when somebody accepts them."""
    file = await opened(page)
    text = file["text"].replace("theme: comptes", "thème: comptes")
    checked = (await post(page, "check", name=COMPTES, text=text))["result"]["messages"]
    assert {(one["kind"], one["file"]) for one in checked} == {("erreur", COMPTES)}
    save = {"name": COMPTES, "text": text, "version": file["version"]}
    assert (await post(page, "save", **save))["result"] == {"saved": False, "messages": checked}
    assert (await opened(page))["text"] == file["text"]
    assert (await post(page, "save", **save, accepts_mistakes=True))["result"]["saved"]
    assert (small.directory / "comptes.yml").read_text(encoding="utf-8") == text


async def test_a_try_reads_the_text_and_not_the_disk(page: httpx.AsyncClient) -> None:
    """What a person would get from the edited text, or its mistakes; advice on that file alone."""
    text = (await opened(page))["text"].replace(OLD, NEW)
    asked = {"name": COMPTES, "text": text, "question": "mot de passe caf oublié"}
    tried = (await post(page, "try", **asked))["result"]
    assert tried["answer"] == [NEW]
    assert tried["why"]["decision"] == "Réponse : Mot de passe CAF"
    aged = text.replace("a_revoir_avant: 2027-02-14", "a_revoir_avant: 2026-11-01")
    assert (await post(page, "try", **asked | {"text": aged}))["result"]["answer"] == [STALE]
    human = text.replace("source: caf.fr", "toujours_humain: oui\n    source: caf.fr")
    handed = (await post(page, "try", **asked | {"text": human}))["result"]["answer"]
    assert handed == [NEW, THEN_HUMAN]
    vague = (await post(page, "try", **asked | {"question": "zblorg"}))["result"]
    assert vague["answer"] == []
    broken = (await post(page, "try", **asked | {"text": ""}))["result"]
    assert [one["sentence"] for one in broken["messages"]] == ["ce fichier est vide."]
    twice = text.replace("- code caf perdu", "- code ameli perdu")
    advice = (await post(page, "advise", name=COMPTES, text=twice))["result"]["messages"]
    assert {(one["kind"], one["file"]) for one in advice} == {("conseil", COMPTES)}
    assert (await post(page, "advise", name=COMPTES, text=""))["result"]["messages"] == []


async def test_what_cannot_be_opened_or_written_is_said(
    page: httpx.AsyncClient, small: SmallFaq
) -> None:
    """Another encoding, a file too long, a disk that refuses: a sentence, and nothing is lost."""
    path = small.directory / "comptes.yml"
    version = (await opened(page))["version"]
    beside = path.with_name(f".comptes.yml{BESIDE}")
    beside.mkdir()  # whoever runs the tests may write anywhere, but not in place of a folder
    refused = await post(
        page, "save", name=COMPTES, text="x", version=version, accepts_mistakes=True
    )
    assert refused["error"] == REFUSED.format(reason=FAILED)
    assert path.read_text(encoding="utf-8") == small.files[COMPTES]
    for content, sentence in ((b"\xe9", UNREADABLE), (b"#" * (MAX_BYTES + 1), TOO_LONG)):
        path.write_bytes(content)
        answer = (await page.get("file", params={"name": COMPTES})).json()
        assert answer == {"ok": False, "error": sentence}


async def test_without_an_editor_there_is_nothing_to_edit(small: SmallFaq) -> None:
    """A simulator alone says so in its state, and has no such page to ask."""
    served = SimulatorServer(Engine())
    port = await served.start()
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}/sim/") as page:
        assert (await page.get("state")).json()["has_editor"] is False
        assert (await page.get("faq/files")).status_code == 404
        assert (await page.post("faq/save", json={})).status_code == 404
    await served.stop()
