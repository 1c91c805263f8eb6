"""The figures that Prometheus reads: counts and times, never people."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

TURNS = Counter("tovholder_turns_total", "Activities handled", ["type", "outcome"])
TURN_SECONDS = Histogram("tovholder_turn_seconds", "Time from admission to answer", ["type"])
REFUSED = Counter("tovholder_refused_total", "Requests turned away", ["reason"])
SENDS = Counter("tovholder_sends_total", "Calls to the Connector by status", ["status"])
REMINDER_MESSAGES = Counter(
    "tovholder_reminder_messages_total", "Messages of reminders by what came of them", ["outcome"]
)
REMINDERS_DUE = Gauge("tovholder_reminders_due", "Messages that wait to be sent")
REMINDERS_HELD = Gauge("tovholder_reminders_held", "Messages that wait for the portfolio office's yes")
REMINDERS_LATE = Gauge("tovholder_reminders_oldest_due_seconds", "How long the oldest message has been due")
REMINDERS_LOOKED = Gauge("tovholder_reminders_last_look_seconds", "How long ago it was worked out what is due")
REMINDERS_SETTLED = Gauge("tovholder_reminders_settled_last_day", "Messages of the last 24 hours", ["outcome"])
DIRECTORY_SYNCED = Gauge("tovholder_directory_last_sync_seconds", "How long ago people were last synced")
DIRECTORY_HELD_BACK = Gauge("tovholder_directory_held_back", "People who would leave in a sync that was held back")
MODEL_CALLS = Counter(
    "tovholder_model_calls_total", "Messages sent to the language model by what came of it", ["outcome"]
)
