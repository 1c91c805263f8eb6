"""What Prometheus may read: counts and times, never people."""

from __future__ import annotations

from prometheus_client import Counter, Histogram

TURNS = Counter("tovholder_turns_total", "Activities handled", ["type", "outcome"])
TURN_SECONDS = Histogram("tovholder_turn_seconds", "Time from admission to answer", ["type"])
REFUSED = Counter("tovholder_refused_total", "Requests turned away", ["reason"])
SENDS = Counter("tovholder_sends_total", "Calls to the Connector by status", ["status"])
