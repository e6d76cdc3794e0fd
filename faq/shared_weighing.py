"""Weighing that several threads share, and that can be taken apart.

Apart from `faq.weighing`, because the model of danger is tied to every letter of that file.
"""

from collections.abc import Sequence
from threading import Lock

from faq.synonyms import Piece
from faq.thesaurus import Thesaurus
from faq.weighing import Ints, Rows, Weighing


class SharedWeighing(Weighing):
    """A reload, the editor and the robot may weigh at the same time.

    Features that the FAQ does not know are numbered for one batch: two batches at once would take
    each other's numbers.
    """

    def __init__(self, thesaurus: Thesaurus) -> None:
        """`learn` comes first."""
        super().__init__(thesaurus)
        self._lock = Lock()

    def weigh(self, texts: Sequence[Sequence[Piece]]) -> Rows:
        """As `Weighing.weigh`, one batch at a time."""
        with self._lock:
            return super().weigh(texts)

    def blocks_of(self, text: Sequence[Piece]) -> dict[str, Ints]:
        """Block → the features that it counts in a text; no feature is in two blocks."""
        with self._lock:
            self._features.forget_passing()
            return {name: counted.features for name, counted in self._count([text], 0).items()}
