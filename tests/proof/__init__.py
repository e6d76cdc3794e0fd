"""Proof by killing: the real program, a Bot API that survives it, and a judge."""
