"""Listens as a service manager does and prints each message as a line of JSON; the first line says that it listens."""

import json
import os
import socket
import sys

listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
listener.bind(sys.argv[1])
os.chmod(sys.argv[1], 0o600)
print(json.dumps(["listening"]), flush=True)
while True:
    # File descriptors that come along (BARRIER=1) are closed unread, which is the answer to it.
    print(json.dumps(listener.recv(65536).decode().strip().split("\n")), flush=True)
