"""What a child sees in a network namespace of its own, told in JSON. Run by `unshare -rn`, from a test.

Its arguments: the path of a unix socket that leads to the gate, the gate's own port, the port of a server on the
machine, and the name and token of a ticket. It dials loopback only.
"""

from __future__ import annotations

import fcntl
import http.client
import json
import socket
import struct
import sys
import threading
import urllib.error
import urllib.request

SIOCSIFFLAGS, IFF_UP = 0x8914, 1
HOST = "127.0.0.9"


def raise_loopback() -> None:
    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", IFF_UP))


def dial(host: str, port: int) -> str:
    try:
        with socket.create_connection((host, port), 2):
            return "reached"
    except OSError as error:
        return type(error).__name__


def pump(source: socket.socket, sink: socket.socket) -> None:
    while block := source.recv(1 << 16):
        sink.sendall(block)
    sink.shutdown(socket.SHUT_WR)


def inlet(path: str) -> int:
    """A port in here that leads to the unix socket, and so to the gate."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            near, _ = listener.accept()
            far = socket.socket(socket.AF_UNIX)
            far.connect(path)
            for ends in ((near, far), (far, near)):
                threading.Thread(target=pump, args=ends, daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    return int(listener.getsockname()[1])


def fetch(proxy: str, url: str) -> str:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({"http": proxy}))
    try:
        with opener.open(url, timeout=5) as response:
            return bytes(response.read()).decode()
    except (urllib.error.URLError, http.client.HTTPException) as error:
        return str(error)


def main(path: str, gate: str, server: str, ticket: str) -> None:
    raise_loopback()
    found = {
        "interfaces": [name for _, name in socket.if_nameindex()],
        "server": dial(HOST, int(server)),
        "gate": dial("127.0.0.1", int(gate)),
    }
    proxy = f"http://{ticket}@127.0.0.1:{inlet(path)}"
    found["through the gate"] = fetch(proxy, f"http://{HOST}:{server}/")
    found["forbidden"] = fetch(proxy, "http://169.254.169.254/latest/meta-data/")
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
