"""The database: the only place with SQL, one module per table."""

from bot.store.database import DatabaseError, Store, Transaction

__all__ = ["DatabaseError", "Store", "Transaction"]
