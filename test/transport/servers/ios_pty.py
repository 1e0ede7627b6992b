"""A login shell on a pseudo terminal, for SSH servers written in Python (which give their sessions none)."""
import fcntl
import os
import pty
import signal
import struct
import subprocess
import termios


class IosPty:
    def __init__(self, shell, columns, rows):
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows or 24, columns or 80, 0, 0))
        self.child = subprocess.Popen([shell], stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
                                      env={**os.environ, "IOS_USER": "cisco"}, close_fds=True,
                                      preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        os.close(slave)

    def read(self):
        """The next piece of output; b"" at the end. IOS sends 4096 bytes at most."""
        try:
            return os.read(self.master, 4096)
        except OSError:
            return b""

    def write(self, data):
        try:
            os.write(self.master, data)
        except OSError:
            pass

    def end(self):
        try:
            os.killpg(self.child.pid, signal.SIGHUP)
        except ProcessLookupError:
            pass
        self.child.wait()
