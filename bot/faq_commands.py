"""What the commands say to who keeps the FAQ: `check`, `calibrer`, `essais`, `apprendre`.

Only `bot.__main__` imports this module.
"""

import json
import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot.safety import Triage
from faq import danger_model, danger_training
from faq.calibration import Shares, measure, propose, samples_of
from faq.catalogue import Faq
from faq.check import findings
from faq.decision import Thresholds
from faq.entry_table import entry_table
from faq.errors import FaqErrors
from faq.findings import KINDS, refusals
from faq.golden import Result, TrialFile, judge, load_golden
from faq.loader import load, load_document
from faq.schema import FOLDER, write_schemas
from faq.service_file import ServiceFile

OUTCOMES = {
    "answered": "réponse",
    "in menu": "dans le choix",
    "menu without it": "choix sans elle",
    "handed over": "à l’équipe",
    "wrong": "réponse fausse",
    "danger": "danger",
}
_BLOCK = re.compile(  # up to the next key; blank lines and comments before it are not of the block
    r"^seuils[ \t]*:.*(?:\n(?:[ \t]*(?:#.*)?\n)*[ \t]+[^\s#].*)*\n?", re.MULTILINE
)


def check(directory: Path, service_file: Path, form: str, today: date) -> tuple[list[str], bool]:
    """Every finding (`form`: texte or json), and whether none of them is an error or a trial."""
    try:
        faq = load(directory, service_file, today=today)
    except FaqErrors as errors:
        head, found = "Fichiers refusés", refusals(errors.errors)
    else:
        head = f"{len(faq.entries)} fiches"
        found = findings(faq, today, Triage(faq.dangers).category_of)
    is_good = not any(finding.is_blocking for finding in found)
    if form == "json":
        told = [finding.as_dict() for finding in found]
        return [json.dumps({"findings": told}, ensure_ascii=False)], is_good
    kinds = Counter(finding.kind for finding in found)
    counts = ", ".join(f"{kind} {kinds[kind]}" for kind in KINDS)
    lines = [f"{finding.kind} : {finding}" for finding in found]
    return [*lines, f"{head} : {counts}."], is_good


def calibrate(faq: Faq, service_file: Path, *, write: bool) -> list[str]:
    """Propose thresholds, and write them into service.yml when asked; the lines to show."""
    samples = samples_of(faq)
    now, proposed = faq.service.thresholds, propose(samples)
    lines = [
        f"{len(samples)} messages d’essai : vos formulations, justes et mal tapées, et la banque "
        "hors sujet.",
        _word_shares("Aujourd’hui", now, measure(samples, now)),
        _word_shares("Proposé", proposed, measure(samples, proposed)),
    ]
    if not measure(samples, proposed).is_safe:
        lines.append("Attention : aucun réglage n’est sûr. Ajoutez des formulations aux fiches.")
    if write:
        _write_thresholds(service_file, proposed)
        lines.append(f"Écrit dans {service_file.name}.")
    return lines


def _write_thresholds(service_file: Path, thresholds: Thresholds) -> None:
    """Whole or not at all: what cannot be read again never replaces the file.

    Raises:
        FaqErrors: what is wrong with the new text; the file is as it was.
    """
    text = with_thresholds(service_file.read_text(encoding="utf-8"), thresholds)
    beside = service_file.with_name(f"{service_file.name}.nouveau")
    try:
        beside.write_text(text, encoding="utf-8")
        load_document(beside, ServiceFile)
        beside.replace(service_file)
    finally:
        beside.unlink(missing_ok=True)


def with_thresholds(text: str, thresholds: Thresholds) -> str:
    """service.yml with these `seuils:`, everything else as it was."""
    block = (
        "seuils:                                   # proposés par « python -m bot calibrer »\n"
        f"  reponse: {thresholds.answer:.2f}                           # répondre seul\n"
        f"  suggestion: {thresholds.suggest:.2f}                        # proposer dans un choix\n"
        f"  ecart: {thresholds.ambiguity:.2f}                             # avance sur le second\n"
    )
    if _BLOCK.search(text):
        return _BLOCK.sub(lambda _: block, text, count=1)
    return text + ("" if text.endswith("\n") else "\n") + block


def _word_shares(name: str, thresholds: Thresholds, shares: Shares) -> str:
    return (
        f"{name} : réponse {thresholds.answer:.2f}, suggestion {thresholds.suggest:.2f}, "
        f"écart {thresholds.ambiguity:.2f} → {shares.answered:.1%} de bonnes réponses, "
        f"{shares.in_menu:.1%} dans le choix, {shares.wrong:.1%} de réponses fausses, "
        f"{shares.astray:.1%} de réponses à des messages hors sujet."
    )


def try_golden(faq: Faq) -> list[str]:
    """The golden set, a line per group: how many messages, how many went well, and how."""
    triage = Triage(faq.dangers)
    return [_word_group(file, judge_all(faq, file, triage)) for file in load_golden(faq)]


def judge_all(faq: Faq, file: TrialFile, triage: Triage) -> list[Result]:
    """Every message of a group."""
    return [judge(faq, trial, triage.category_of) for trial in file.trials]


def _word_group(file: TrialFile, results: Sequence[Result]) -> str:
    counts = Counter(result.outcome for result in results)
    good = sum(result.is_good for result in results) / len(results)
    told = ", ".join(f"{OUTCOMES[outcome]} {count}" for outcome, count in counts.most_common())
    return f"{file.group:14}{len(results):4} messages {good:7.1%} bien   ({told})"


def make_schemas(service_file: Path) -> list[str]:
    """Write the schemas that editors read, beside service.yml."""
    return [f"{path.name} : écrit." for path in write_schemas(service_file.with_name(FOLDER))]


def make_table(faq: Faq, page: Path, today: date) -> list[str]:
    """Write the page that tells each entry, its source, its age and its trials."""
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(entry_table(faq, today), encoding="utf-8")
    return [f"{len(faq.entries)} fiches : écrites dans {page}."]


def learn_danger(faq: Faq) -> list[str]:
    """Train the model of danger again and write its file."""
    examples = danger_training.read_examples()
    model = danger_training.train(examples, phrasings_of(faq))
    danger_model.save(model)
    dangerous = sum(bool(example.categories) for example in examples)
    return [
        f"{dangerous} exemples de danger, {len(examples) - dangerous} sans danger : "
        f"le modèle est écrit dans {danger_model.FILE.name}."
    ]


def phrasings_of(faq: Faq) -> list[str]:
    """Every question and phrasing: none of them is a danger."""
    return [text for entry in faq.entries.values() for text in (entry.question, *entry.phrasings)]
