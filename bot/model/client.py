"""Asks a language model at an OpenAI-compatible address, for four seconds at most."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import Any

import aiohttp
import structlog
from pydantic import SecretStr

from bot import metrics
from dialogs.understanding.second.asking import Enquiry

LONGEST_WAIT = 4.0
LARGEST_ANSWER = 64 * 1024
LONGEST_QUESTION = 600  # in tokens

log = structlog.get_logger()


class Silence(StrEnum):
    """The ways in which no answer of use may come."""

    LATE = "late"
    AWAY = "away"
    REFUSED = "refused"
    UNREADABLE = "unreadable"


class SilentModelError(Exception):
    """The model gave no answer of use."""

    def __init__(self, why: Silence, status: int | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.status = status


@dataclass(frozen=True, slots=True)
class ModelClient:
    """Implements dialogs.understanding.second.reading.LanguageModel. `url` is the endpoint's base, as "https://…/v1".
    So few messages are unclear that each has a connection of its own."""

    url: str
    name: str
    key: SecretStr
    wait: float = LONGEST_WAIT

    async def answer(self, enquiry: Enquiry) -> object:
        """Returns the answer, decoded; None where there is none, which is logged by its kind alone: never the message,
        the answer or the key."""
        try:
            answer = await self.ask(enquiry)
        except SilentModelError as silent:
            metrics.MODEL_CALLS.labels(silent.why.value).inc()
            log.warning("model_silent", why=silent.why.value, status=silent.status)
            return None
        metrics.MODEL_CALLS.labels("answered").inc()
        return answer

    async def ask(self, enquiry: Enquiry) -> object:
        """Raises SilentModelError."""
        try:
            async with asyncio.timeout(self.wait):
                body = await self._posted(self._request(enquiry))
            return json.loads(json.loads(body)["choices"][0]["message"]["content"])
        except TimeoutError as error:
            raise SilentModelError(Silence.LATE) from error
        except aiohttp.ClientError as error:
            raise SilentModelError(Silence.AWAY) from error
        except (ValueError, LookupError, TypeError, RecursionError) as error:
            raise SilentModelError(Silence.UNREADABLE) from error

    async def _posted(self, request: dict[str, Any]) -> bytes:
        url = f"{self.url.rstrip('/')}/chat/completions"
        headers = {"Authorization": f"Bearer {self.key.get_secret_value()}"}
        async with (
            aiohttp.ClientSession() as session,
            session.post(url, json=request, headers=headers, allow_redirects=False) as response,
        ):
            if response.status != HTTPStatus.OK:
                raise SilentModelError(Silence.REFUSED, response.status)
            body = bytearray()
            async for chunk in response.content.iter_chunked(8192):
                body += chunk
                if len(body) > LARGEST_ANSWER:
                    raise SilentModelError(Silence.UNREADABLE)
            return bytes(body)

    def _request(self, enquiry: Enquiry) -> dict[str, Any]:
        schema = {"name": "question", "schema": enquiry.schema}
        return {
            "model": self.name,
            "temperature": 0,
            "max_tokens": LONGEST_QUESTION,
            "messages": [
                {"role": "system", "content": enquiry.task},
                {"role": "user", "content": enquiry.message},
            ],
            "response_format": {"type": "json_schema", "json_schema": schema},
        }
