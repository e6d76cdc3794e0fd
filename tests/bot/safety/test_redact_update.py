"""Raw Bot API updates: no private number stays in the JSON that the inbox keeps."""

import copy
import json
from typing import Any

from bot.safety import Redactor, redact_update

NIR = "1 85 05 78 006 084 36"
DOTS = "•" * len(NIR)


def _message(**fields: Any) -> dict[str, Any]:
    chat = {"id": 17, "type": "private", "first_name": "Amina"}
    return {"message_id": 4, "date": 1795000000, "chat": chat, "from": chat, **fields}


def test_text_and_caption_are_masked_and_counted() -> None:
    """What she writes now is masked, and we know that she wrote it."""
    for field in ("text", "caption"):
        for update in ("message", "edited_message"):
            masked, kinds = redact_update(
                {"update_id": 1, update: _message(**{field: f"a {NIR}"})}
            )
            assert masked[update][field] == f"a {DOTS}"
            assert kinds == {"nir"}


def test_what_was_said_before_is_masked_without_being_counted() -> None:
    """A number in the message she answers, in a pinned or pressed one, is masked all the same."""
    older = _message(text=NIR)
    updates = [
        {"message": _message(text="oui", reply_to_message=older)},
        {"message": _message(text="oui", quote={"text": NIR, "position": 0})},
        {"message": _message(pinned_message=_message(caption=NIR))},
        {"message": _message(external_reply={"document": {"file_name": f"{NIR}.pdf"}})},
        {"message": _message(poll={"question": NIR, "options": [{"text": NIR}]})},
        {"callback_query": {"id": "9", "data": "a:1", "message": older}},
        {"message": _message(text="ici", entities=[{"type": "text_link", "url": f"x.fr/{NIR}"}])},
    ]
    for update in updates:
        masked, kinds = redact_update(update)
        assert NIR not in json.dumps(masked, ensure_ascii=False)
        assert kinds == frozenset()


def test_a_contact_and_a_place_keep_only_their_shape() -> None:
    """A shared contact loses its number, a location its coordinates: the relay copies by id."""
    contact = {"phone_number": "+33612345678", "first_name": "Amina", "vcard": "TEL:0612345678"}
    place = {"latitude": 48.8566, "longitude": 2.3522}
    masked, kinds = redact_update({"message": _message(contact=contact, location=place)})
    assert masked["message"]["contact"] == {
        "phone_number": "•" * 12, "first_name": "Amina", "vcard": "•" * 14,
    }  # fmt: skip
    assert masked["message"]["location"] == {"latitude": 0.0, "longitude": 0.0}
    assert kinds == frozenset()


def test_ids_names_and_our_keyboards_stay() -> None:
    """Nothing but words is touched, and the given update itself is not changed."""
    keyboard = {"inline_keyboard": [[{"text": "06 12 34 56 78", "callback_data": "b:1"}]]}
    update = {"update_id": 1850578006084, "message": _message(text=NIR, reply_markup=keyboard)}
    before = copy.deepcopy(update)
    masked, _ = redact_update(update)
    assert update == before
    assert masked == {**before, "message": {**before["message"], "text": DOTS}}


def test_public_numbers_stay_in_updates() -> None:
    """The robot's own answer, pressed on, keeps the numbers it gave."""
    update = {"callback_query": {"message": _message(text="Appelez le 09 72 39 40 50.")}}
    assert Redactor(["09 72 39 40 50"]).redact_update(update)[0] == update


def test_updates_of_any_shape_are_copied() -> None:
    """An update that we do not understand passes without an error."""
    for update in ({}, {"message": []}, {"message": None}, {"message": {"text": 3}}, {"x": [NIR]}):
        assert redact_update(update) == (update, frozenset())
