"""Teaching the robot from the team's group: unanswered questions, drafts, entries, voices."""
