-- The first schema: what comes in, what goes out, who asks, who helps, and what was said.

CREATE TABLE fact (                -- single facts about this file: the bot it belongs to, the last purge
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

CREATE TABLE inbox (               -- what Telegram gave, kept before it is acknowledged
  id INTEGER PRIMARY KEY,
  natural_key TEXT NOT NULL UNIQUE,  -- digest of (chat, message) or the like; update_id restarts, so it is no key
  payload TEXT,                    -- raw JSON, masked; emptied once handled
  masked TEXT NOT NULL DEFAULT '', -- kinds of numbers masked in it, comma separated
  status TEXT NOT NULL CHECK (status IN ('new', 'done', 'dead')),
  attempts INTEGER NOT NULL DEFAULT 0,
  error TEXT,                      -- the class of the failure, never its words
  received_at TEXT NOT NULL
);
CREATE INDEX inbox_new ON inbox (id) WHERE status = 'new';

CREATE TABLE staff_group (
  id INTEGER PRIMARY KEY,
  chat_id INTEGER NOT NULL UNIQUE,
  configured_chat_id INTEGER,      -- what STAFF_CHAT_ID said, when Telegram has migrated the group since
  title TEXT NOT NULL DEFAULT '',
  problems TEXT NOT NULL DEFAULT '',  -- names of the missing rights, comma separated
  is_reachable INTEGER NOT NULL DEFAULT 1,
  is_current INTEGER NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX staff_group_current ON staff_group (is_current) WHERE is_current = 1;

CREATE TABLE caseworker (          -- who was seen in a team's group, and who left it
  staff_group_id INTEGER NOT NULL REFERENCES staff_group (id),
  user_id INTEGER NOT NULL,
  first_name TEXT NOT NULL,
  is_member INTEGER NOT NULL,
  PRIMARY KEY (staff_group_id, user_id)
);

CREATE TABLE beneficiary (
  id INTEGER PRIMARY KEY AUTOINCREMENT,  -- a number shown to the team must never come back for somebody else
  chat_id INTEGER NOT NULL UNIQUE,
  first_name TEXT NOT NULL,
  language TEXT,
  staff_group_id INTEGER REFERENCES staff_group (id),
  topic_id INTEGER,
  topic_title TEXT,                -- what Telegram shows now: an equal title is not sent again
  card_message_id INTEGER,
  is_card_pinned INTEGER NOT NULL DEFAULT 0,
  is_topic_closed INTEGER NOT NULL DEFAULT 0,  -- a caseworker closed it
  misses INTEGER NOT NULL DEFAULT 0,     -- questions in a row that the robot could not help with
  menu TEXT NOT NULL DEFAULT '',         -- the last menu shown, one choice a line: typed numbers mean these
  pending_exchange_id INTEGER,           -- the last answer, while she has said neither yes nor no
  is_welcomed INTEGER NOT NULL DEFAULT 0,
  is_mask_told INTEGER NOT NULL DEFAULT 0,
  unreachable_at TEXT,
  created_at TEXT NOT NULL,
  last_seen_at TEXT NOT NULL,
  UNIQUE (staff_group_id, topic_id)
);

CREATE TABLE ticket (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  beneficiary_id INTEGER NOT NULL REFERENCES beneficiary (id) ON DELETE CASCADE,
  status TEXT NOT NULL CHECK (status IN ('new', 'in_progress', 'waiting', 'closed')),
  reason TEXT NOT NULL,
  is_urgent INTEGER NOT NULL DEFAULT 0,
  danger_category TEXT,
  opened_at TEXT NOT NULL,
  closed_at TEXT,
  claimed_by INTEGER,
  claimed_name TEXT,
  is_acknowledged INTEGER NOT NULL DEFAULT 0,  -- she was told that her messages arrive, since the last reply
  is_erased_on_close INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX ticket_one_open ON ticket (beneficiary_id) WHERE status <> 'closed';

CREATE TABLE ticket_event (
  id INTEGER PRIMARY KEY,
  ticket_id INTEGER NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,              -- opened, urgent, claimed, note, reply, closed, reopened
  at TEXT NOT NULL,
  caseworker_id INTEGER,
  caseworker_name TEXT,
  words TEXT                       -- a reply, masked; never a note
);
CREATE INDEX ticket_event_ticket ON ticket_event (ticket_id);

CREATE TABLE exchange (            -- the journal
  id INTEGER PRIMARY KEY AUTOINCREMENT,  -- buttons name an exchange: its number must not come back
  beneficiary_id INTEGER NOT NULL REFERENCES beneficiary (id) ON DELETE CASCADE,
  at TEXT NOT NULL,
  question TEXT NOT NULL,          -- masked
  outcome TEXT NOT NULL,
  entry_id TEXT,
  score REAL,
  faq_version TEXT,
  proposals TEXT NOT NULL DEFAULT '',  -- entry ids shown as suggestions, comma separated
  refused TEXT NOT NULL DEFAULT '',    -- entry ids she said no to, comma separated
  feedback TEXT,
  ticket_id INTEGER REFERENCES ticket (id) ON DELETE SET NULL
);
CREATE INDEX exchange_beneficiary ON exchange (beneficiary_id, id);
CREATE INDEX exchange_at ON exchange (at);

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,  -- order inside a lane; a sent row may be deleted, its number must not return
  destination TEXT NOT NULL,       -- person:17, desk:17, general, chat:<id>, or loose
  priority INTEGER NOT NULL,
  body TEXT,                       -- JSON of one Outgoing; emptied once sent
  status TEXT NOT NULL CHECK (status IN ('waiting', 'sending', 'sent', 'unknown', 'failed', 'dropped')),
  attempts INTEGER NOT NULL DEFAULT 0,
  is_resend INTEGER NOT NULL DEFAULT 0,  -- it may have arrived already: it is marked so
  is_forgotten INTEGER NOT NULL DEFAULT 0,  -- the row is deleted once sent: its person asked to be erased
  beneficiary_id INTEGER,
  exchange_id INTEGER,
  group_key TEXT,                  -- the items of one album leave together
  coalesce_key TEXT,               -- one waiting row at most per key
  source_key TEXT,                 -- chat:message that this row copies, so that an edit finds it
  not_before TEXT NOT NULL,
  expires_at TEXT,
  created_at TEXT NOT NULL,
  sent_at TEXT,
  sent_chat_id INTEGER,
  sent_message_id INTEGER,
  error TEXT
);
CREATE INDEX outbox_lane ON outbox (destination, id) WHERE status = 'waiting';
CREATE INDEX outbox_beneficiary ON outbox (beneficiary_id);
CREATE INDEX outbox_source ON outbox (source_key) WHERE source_key IS NOT NULL;
CREATE INDEX outbox_loose ON outbox (id) WHERE status = 'waiting' AND destination = 'loose';
CREATE INDEX outbox_sending ON outbox (id) WHERE status = 'sending';
CREATE INDEX outbox_group ON outbox (group_key) WHERE group_key IS NOT NULL;
CREATE UNIQUE INDEX outbox_coalesced ON outbox (coalesce_key)
  WHERE coalesce_key IS NOT NULL AND status = 'waiting';

CREATE TABLE message_map (         -- which message is the copy of which, for replies, edits and taking back
  source_chat_id INTEGER NOT NULL,
  source_message_id INTEGER NOT NULL,
  copy_chat_id INTEGER NOT NULL,
  copy_message_id INTEGER NOT NULL,
  beneficiary_id INTEGER NOT NULL REFERENCES beneficiary (id) ON DELETE CASCADE,
  form TEXT NOT NULL CHECK (form IN ('copy', 'text', 'merged')),
  created_at TEXT NOT NULL,
  PRIMARY KEY (source_chat_id, source_message_id, copy_chat_id, copy_message_id)
);
CREATE INDEX message_map_copy ON message_map (copy_chat_id, copy_message_id);
CREATE INDEX message_map_beneficiary ON message_map (beneficiary_id);
