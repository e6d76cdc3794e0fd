"""Telegram: the only package that knows it."""

import os

# PTB gives durations as timedelta only when this is set before its first import.
os.environ.setdefault("PTB_TIMEDELTA", "1")
