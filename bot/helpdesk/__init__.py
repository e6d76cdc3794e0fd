"""The use cases: what the robot and the team do with what people write.

No Telegram type, no network, no clock of its own. Every function takes the `Helpdesk` of the
transaction first: it reads and writes the database, and writes to the outbox what is to be sent.
"""
