"""asyncssh as an SSH server whose users get an IOS-like command line. One argument: options as JSON.

port, shell, host_keys     where, what, with which private key files
version                    software part of the identification
greeting                   lines in front of the identification
banner                     what is said before the login
rekey_bytes                a new key exchange after so many bytes of output
window, max_packet         what this server is ready to receive
ignore                     "sound": an IGNORE packet around every piece of output; "broken": its length points at nothing, as IOS sends it
noise                      true: DEBUG packets and a request that nobody knows, too
keepalive_interval         asks the client whether it is still there, every so many seconds
algorithms                 {"kex_algs": [...], "encryption_algs": [...], "mac_algs": [...], "signature_algs": [...]}
"""
import asyncio
import json
import os
import sys

import asyncssh
from asyncssh.constants import (MSG_GLOBAL_REQUEST, MSG_IGNORE, MSG_NEWKEYS, MSG_REQUEST_FAILURE,
                                MSG_REQUEST_SUCCESS)
from asyncssh.packet import Boolean, String, UInt32

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from ios_pty import IosPty

OPTIONS = json.loads(sys.argv[1])


class Connection(asyncssh.connection.SSHServerConnection):
    """asyncssh's own, with the habits of other servers."""

    def _send_version(self):
        self._transport.write(OPTIONS.get("greeting", "").encode("latin-1"))
        super()._send_version()

    def ignore(self):
        kind = OPTIONS.get("ignore")
        if kind == "sound":
            self.send_packet(MSG_IGNORE, String(b"x" * 24))
        elif kind == "broken":
            self.send_packet(MSG_IGNORE, UInt32(24))
        if OPTIONS.get("noise"):
            self.send_debug("R1#", always_display=True)
            self.send_packet(MSG_GLOBAL_REQUEST, String("unheard-of@example.com"), Boolean(False))

    def _process_global_request(self, pkttype, pktid, packet):
        print("global request from the client", flush=True)
        return super()._process_global_request(pkttype, pktid, packet)

    def _process_global_response(self, pkttype, pktid, packet):
        if pktid:  # 0: not from the client, the connection is over
            print("the client answered", flush=True)
        return super()._process_global_response(pkttype, pktid, packet)

    def _process_newkeys(self, pkttype, pktid, packet):
        print("new keys", flush=True)
        return super()._process_newkeys(pkttype, pktid, packet)

    _packet_handlers = {**asyncssh.connection.SSHServerConnection._packet_handlers,
                        MSG_GLOBAL_REQUEST: _process_global_request, MSG_NEWKEYS: _process_newkeys,
                        MSG_REQUEST_SUCCESS: _process_global_response, MSG_REQUEST_FAILURE: _process_global_response}


asyncssh.connection.SSHServerConnection = Connection


class Server(asyncssh.SSHServer):
    def connection_made(self, conn):
        self.conn = conn

    def begin_auth(self, username):
        if OPTIONS.get("banner"):
            self.conn.send_auth_banner(OPTIONS["banner"])
        return True

    def password_auth_supported(self):
        return True

    def validate_password(self, username, password):
        return username == "cisco" and password == "cisco"


async def serve(process):
    columns, rows = process.term_size[:2]
    conn = process.channel.get_connection()
    shell = IosPty(OPTIONS["shell"], columns, rows)
    loop = asyncio.get_running_loop()

    async def typed():
        while data := await process.stdin.read(4096):
            shell.write(data)

    reader = asyncio.ensure_future(typed())
    try:
        while data := await loop.run_in_executor(None, shell.read):
            conn.ignore()
            process.stdout.write(data)
            await process.stdout.drain()
        process.exit(0)
    except (asyncssh.Error, OSError):
        pass
    finally:
        reader.cancel()
        shell.end()


async def main():
    # A busy machine is no reason to hang up.
    extra = {"keepalive_count_max": 1000, **OPTIONS.get("algorithms", {})}
    for ours, theirs in (("rekey_bytes", "rekey_bytes"), ("window", "window"), ("max_packet", "max_pktsize"),
                         ("version", "server_version"), ("keepalive_interval", "keepalive_interval")):
        if ours in OPTIONS:
            extra[theirs] = OPTIONS[ours]
    await asyncssh.listen("127.0.0.1", OPTIONS["port"], server_factory=Server, process_factory=serve, encoding=None,
                          reuse_address=True, line_editor=False, server_host_keys=OPTIONS["host_keys"], **extra)
    await asyncio.Event().wait()


asyncio.run(main())
