"""Who somebody is to us: not their name, nor an address, which may change or become somebody else's."""

from __future__ import annotations

import re
from typing import NewType
from uuid import uuid4

# Given once, and never to another.
PersonId = NewType("PersonId", str)
# What stands in the place of a person: nobody, Tovholder by itself, a file that doesn't say who, whoever uses the
# command line, and somebody who isn't ours.
NOBODY = PersonId("")
BY_ITSELF = PersonId("tovholder")
BY_IMPORT = PersonId("import")
BY_OPERATOR = PersonId("operator")
OUTSIDER = PersonId("outsider")

_ID = re.compile(r"[0-9a-f]{32}")


def is_person_id(text: str) -> bool:
    """Says whether it is somebody's id, held or erased; what stands in the place of a person is none."""
    return _ID.fullmatch(text) is not None


def new_person_id() -> PersonId:
    return PersonId(uuid4().hex)
