"""The tables of all rooms: importing this module makes `metadata` whole."""

from __future__ import annotations

from storage import audit, conversations, deeds, deputies, exports, forms, memory, organisation, status_requests
from storage.columns import metadata
from storage.directory import tables as directory
from storage.meetings import tables as meetings
from storage.projects import changes as project_changes
from storage.projects import tables as projects
from storage.reminders import tables as reminders
from storage.sending import tables as sending
from storage.status import tables as status

ROOMS = (
    projects,
    project_changes,
    organisation,
    status,
    meetings,
    deputies,
    status_requests,
    deeds,
    forms,
    memory,
    exports,
    reminders,
    sending,
    conversations,
    audit,
    directory,
)

__all__ = ["ROOMS", "metadata"]
