"""paramiko as an SSH server whose users get an IOS-like command line. One argument: options as JSON.

port, shell, host_key      where, what, with which private key file
version                    the whole identification line
window, max_packet         what this server is ready to receive
rekey_bytes                a new key exchange after so many bytes
"""
import json
import os
import socket
import sys
import threading

import paramiko

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from ios_pty import IosPty

OPTIONS = json.loads(sys.argv[1])


class Transport(paramiko.Transport):
    def _parse_newkeys(self, m):
        print("new keys", flush=True)
        super()._parse_newkeys(m)

    _handler_table = {**paramiko.Transport._handler_table, paramiko.common.MSG_NEWKEYS: _parse_newkeys}


class Server(paramiko.ServerInterface):
    def __init__(self):
        self.size = (80, 24)
        self.wanted = threading.Event()

    def get_allowed_auths(self, username):
        return "password"

    def check_auth_password(self, username, password):
        good = username == "cisco" and password == "cisco"
        return paramiko.AUTH_SUCCESSFUL if good else paramiko.AUTH_FAILED

    def check_channel_request(self, kind, chanid):
        return paramiko.OPEN_SUCCEEDED

    def check_channel_pty_request(self, channel, term, width, height, pixelwidth, pixelheight, modes):
        self.size = (width, height)
        return True

    def check_channel_shell_request(self, channel):
        self.wanted.set()
        return True


def typed(channel, shell):
    while data := channel.recv(4096):
        shell.write(data)
    shell.end()


def serve(client):
    transport = Transport(client, default_window_size=OPTIONS.get("window", 2097152),
                          default_max_packet_size=OPTIONS.get("max_packet", 32768))
    if "version" in OPTIONS:
        transport.local_version = OPTIONS["version"]
    if "rekey_bytes" in OPTIONS:
        transport.packetizer.REKEY_BYTES = OPTIONS["rekey_bytes"]
    transport.add_server_key(paramiko.RSAKey(filename=OPTIONS["host_key"]))
    server = Server()
    try:
        transport.start_server(server=server)
        channel = transport.accept(60)
        if channel is None or not server.wanted.wait(10):
            return
        shell = IosPty(OPTIONS["shell"], *server.size)
        threading.Thread(target=typed, args=(channel, shell), daemon=True).start()
        while data := shell.read():
            channel.sendall(data)
        channel.send_exit_status(0)
        channel.close()
        shell.end()
    except (paramiko.SSHException, OSError, EOFError):
        pass
    finally:
        transport.close()


listener = socket.create_server(("127.0.0.1", OPTIONS["port"]))
while True:
    connection, _ = listener.accept()
    threading.Thread(target=serve, args=(connection,), daemon=True).start()
