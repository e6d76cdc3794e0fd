"""Speed, measured: `make bench`. Ratios to a bare python-telegram-bot echo of the same run."""
