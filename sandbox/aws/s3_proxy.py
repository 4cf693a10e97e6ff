"""The way to S3: every call is journaled and may go wrong on request, then moto answers it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote
from xml.sax.saxutils import escape

import aiohttp
from aiohttp import web
from yarl import URL

from sandbox.aws.clock import Clock
from sandbox.aws.errors import AwsError
from sandbox.aws.faults import Faults, Kind
from sandbox.aws.journal import Call, Journal

_HOP = {"connection", "keep-alive", "transfer-encoding", "te", "trailer", "upgrade", "content-length", "date", "server"}
_CHUNK = 1 << 16
_BY_QUERY = {
    ("POST", "uploads"): "CreateMultipartUpload",
    ("PUT", "partNumber"): "UploadPart",
    ("POST", "uploadId"): "CompleteMultipartUpload",
    ("DELETE", "uploadId"): "AbortMultipartUpload",
    ("PUT", "tagging"): "PutObjectTagging",
    ("GET", "tagging"): "GetObjectTagging",
    ("POST", "delete"): "DeleteObjects",
}


@dataclass
class S3Proxy:
    """Passes requests on to moto at `url`, body and answer as streams."""

    url: str
    journal: Journal
    faults: Faults
    clock: Clock
    session: aiohttp.ClientSession

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer as moto does, unless a fault is waiting."""
        operation = operation_of(request)
        bucket, _, key = unquote(request.raw_path.split("?")[0]).lstrip("/").partition("/")
        parameters = {"Bucket": bucket, "Key": key or request.query.get("prefix", "")}
        call = Call("s3", operation, parameters, dict(request.headers), self.clock.now())
        self.journal.add(call)
        fault = self.faults.take("s3", operation, parameters)
        if fault and fault.kind == "slow":
            await self.clock.sleep(fault.seconds)
        if fault and fault.kind == "drop" and request.transport:
            call.error = "Dropped"
            request.transport.abort()
            return web.Response(status=500)
        if fault and (error := fault.error("s3")):
            return _refused(call, error, request)
        return await self._passed_on(request, call, fault.kind if fault else None)

    async def _passed_on(self, request: web.Request, call: Call, kind: Kind | None) -> web.StreamResponse:
        headers = {name: value for name, value in request.headers.items() if name.lower() not in _HOP | {"expect"}}
        if request.content_length is not None:
            headers["Content-Length"] = str(request.content_length)
        body = request.content.iter_chunked(_CHUNK) if request.body_exists else None
        target = URL(self.url + request.raw_path, encoded=True)
        async with self.session.request(
            request.method, target, headers=headers, data=body, allow_redirects=False
        ) as found:
            call.status = found.status
            call.error = found.reason if found.status >= 400 else None  # noqa: PLR2004 - HTTP's errors
            if kind == "lost" and request.transport:
                request.transport.abort()
                return web.Response()
            response = web.StreamResponse(
                status=found.status,
                headers=[(name, value) for name, value in found.headers.items() if name.lower() not in _HOP],
            )
            if "Content-Length" in found.headers:
                response.content_length = int(found.headers["Content-Length"])
            await response.prepare(request)
            cut = kind == "cut_stream"
            async for chunk in found.content.iter_chunked(_CHUNK):
                await response.write(chunk[: len(chunk) // 2] if cut else chunk)
                if cut and request.transport:
                    call.error = "Cut"
                    request.transport.abort()
                    return response
            await response.write_eof()
            return response


def operation_of(request: web.Request) -> str:
    """The name of the operation that a request of S3's REST API is."""
    for (method, name), operation in _BY_QUERY.items():
        if request.method == method and name in request.query:
            return operation
    path = request.raw_path.split("?")[0].strip("/")
    level = "Object" if "/" in path else "Bucket" if path else "Buckets"
    if request.method == "GET" and level == "Bucket":
        return "ListObjectsV2" if "list-type" in request.query else "GetBucket"
    if request.method == "PUT" and "x-amz-copy-source" in request.headers:
        return "CopyObject"
    verb = {"GET": "Get", "PUT": "Put", "HEAD": "Head", "DELETE": "Delete", "POST": "Post"}.get(request.method, "")
    return {"GetBuckets": "ListBuckets", "PutBucket": "CreateBucket"}.get(verb + level, verb + level)


def _refused(call: Call, error: AwsError, request: web.Request) -> web.Response:
    call.status, call.error = error.status or 400, error.code
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<Error><Code>{error.code}</Code><Message>{escape(error.message)}</Message></Error>"
    )
    text = None if request.method == "HEAD" else body
    return web.Response(status=call.status, text=text, content_type="application/xml")
