-- Teaching the FAQ from Telegram: the questions that no entry answered, the drafts that wait for a
-- second caseworker, what a reply to a message of the robot means, and the topic « FAQ » of the team.

ALTER TABLE staff_group ADD COLUMN faq_topic_id INTEGER;  -- opened when something is first written in it

ALTER TABLE ticket_event ADD COLUMN message_id INTEGER;   -- of a reply: the caseworker's message, in the group

CREATE TABLE unanswered (          -- alike questions that no entry answered; their words are those of their exchanges
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  status TEXT NOT NULL CHECK (status IN ('open', 'drafted', 'settled', 'ignored')),
  chosen_entry_id TEXT,            -- the entry that people chose for it among several: a phrasing it lacks
  opened_at TEXT NOT NULL
);

ALTER TABLE exchange ADD COLUMN unanswered_id INTEGER REFERENCES unanswered (id) ON DELETE SET NULL;
CREATE INDEX exchange_unanswered ON exchange (unanswered_id) WHERE unanswered_id IS NOT NULL;

CREATE TABLE draft (               -- a change of the FAQ that another caseworker must approve
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 1,  -- its buttons bear it: those of an earlier wording do nothing
  status TEXT NOT NULL CHECK (status IN ('waiting', 'approved', 'written', 'refused')),
  kind TEXT NOT NULL,              -- which change: entry, phrasing, voice, wording
  change TEXT,                     -- JSON; emptied once written or refused
  beneficiary_id INTEGER REFERENCES beneficiary (id) ON DELETE CASCADE,  -- whose words it holds
  unanswered_id INTEGER REFERENCES unanswered (id) ON DELETE SET NULL,
  worded_by INTEGER NOT NULL,      -- the caseworker who wrote it last: somebody else approves
  worded_name TEXT NOT NULL,
  approved_name TEXT,
  created_at TEXT NOT NULL
);
CREATE INDEX draft_approved ON draft (id) WHERE status = 'approved';

CREATE TABLE meaning (             -- what a reply to that message of the robot is for, in the team's group
  chat_id INTEGER NOT NULL,
  message_id INTEGER NOT NULL,
  act TEXT NOT NULL,               -- draft:12, answer:7, search:7, entry:mdp_caf
  created_at TEXT NOT NULL,
  PRIMARY KEY (chat_id, message_id)
);
