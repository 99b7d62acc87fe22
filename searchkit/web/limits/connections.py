"""Connections that are silent, slow or too many are closed."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Any

PATIENCE = 10.0
"""Seconds in which a request must be complete, and some of an answer be taken."""
_LOOK_EVERY = 1.0
MAX_CONNECTIONS = 500
"""Connections of one process; for a further one, the one is closed that is silent the longest."""
MAX_HEAD = 2**17
"""Bytes of a request before its body."""
_TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"

if TYPE_CHECKING:
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol as AutoHTTPProtocol
else:
    from uvicorn.protocols.http.auto import AutoHTTPProtocol


class PatientProtocol(AutoHTTPProtocol):
    """Speaks HTTP as uvicorn does, with clients that speak too."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin a connection; of too many, close the one that is silent the longest."""
        super().connection_made(transport)
        self._heard = self.loop.time()
        self._unsent = self._unparsed = 0
        self._unanswered: deque[Any] = deque()
        self._next_look = self.loop.call_later(_LOOK_EVERY, self._look)
        if len(self.connections) > MAX_CONNECTIONS:
            min(self.connections, key=_last_heard).transport.abort()

    def connection_lost(self, error: Exception | None) -> None:
        """End a connection with all its requests, of which uvicorn ends only the last."""
        self._next_look.cancel()
        for request in self._unanswered:
            request.disconnected = True
            request.message_event.set()
        super().connection_lost(error)

    def data_received(self, data: bytes) -> None:
        """Read a piece of a request; refuse one without end."""
        self._unparsed = 0 if self.is_answered_to else self._unparsed + len(data)
        if self._unparsed > MAX_HEAD:
            self.transport.write(_TOO_LARGE)
            self.transport.close()
        else:
            super().data_received(data)

    def on_headers_complete(self) -> None:
        """Begin to answer a request, or let it wait for those that the client sent before it."""
        super().on_headers_complete()
        if self.cycle is not None:  # as where another protocol is asked for
            self._unanswered.append(self.cycle)

    def on_response_complete(self) -> None:
        """Begin to wait for the next request."""
        self._heard, self._unparsed = self.loop.time(), 0
        if self._unanswered:
            self._unanswered.popleft()
        super().on_response_complete()

    @property
    def is_answered_to(self) -> bool:
        """Whether a request is complete, and not yet answered."""
        return self.cycle is not None and not self.cycle.response_complete

    @property
    def last_heard(self) -> float:
        """When the client was heard last; later than now while it waits for an answer."""
        return float("inf") if self.is_answered_to and not self._unsent else self._heard

    def _look(self) -> None:
        """Close the connection if its client takes too long; otherwise look again later."""
        unsent = self.transport.get_write_buffer_size()
        if unsent < self._unsent or (self.is_answered_to and not unsent):
            self._heard = self.loop.time()
        self._unsent = unsent
        if self.loop.time() - self._heard > PATIENCE:
            self.transport.abort()
        else:
            self._next_look = self.loop.call_later(_LOOK_EVERY, self._look)


def _last_heard(connection: Any) -> float:
    return float(connection.last_heard)
