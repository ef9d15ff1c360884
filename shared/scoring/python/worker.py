"""A scoring worker: runs one scoring script, mini-batch by mini-batch, for the process that started it.

It is told what to do on descriptor 3, a line of JSON for each message, and answers there. Standard output and
error belong to the script; standard input is empty. Rows never cross the pipe: they go into a file, and the
answer says how long that file is now. The messages are described in protocol.ts.
"""

import ctypes
import json
import os
import select
import signal
import sys
import threading
import time

CONTROL = 3
PR_SET_PDEATHSIG = 1


class Control:
    """The two-way pipe to the host: messages in their order, with those in front of us to look at."""

    def __init__(self, descriptor):
        self._descriptor = descriptor
        self._rest = b""
        self.pending = []

    def receive(self, wait):
        """Takes in the messages that have come; with `wait`, waits for one where there is none."""
        while wait or select.select([self._descriptor], [], [], 0)[0]:
            data = os.read(self._descriptor, 1 << 16)
            if not data:
                kill_group()
            lines = (self._rest + data).split(b"\n")
            self._rest = lines.pop()
            self.pending.extend(json.loads(line) for line in lines)
            if self.pending:
                wait = False

    def send(self, *message):
        data = json.dumps(message).encode() + b"\n"
        while data:
            data = data[os.write(self._descriptor, data) :]


def kill_group():
    """Ends this process and all that it has started."""
    os.killpg(os.getpgid(0), signal.SIGKILL)


def die_with_host(host):
    """Makes sure that this process does not outlive its host, whatever the script is doing."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != host:
        kill_group()

    def watch():
        poll = select.poll()
        poll.register(CONTROL, select.POLLHUP)
        while True:
            if any(event & (select.POLLHUP | select.POLLERR | select.POLLNVAL) for _, event in poll.poll()):
                kill_group()

    threading.Thread(target=watch, name="batchpoint-watch", daemon=True).start()


def serve():
    control = Control(CONTROL)
    os.set_inheritable(CONTROL, False)
    control.receive(wait=True)
    setup = control.pending.pop(0)
    die_with_host(setup["host"])
    # Imported here: an error in them is then told like any other.
    from scoring import Scoring

    scoring = Scoring(control, setup)
    if scoring.start():
        scoring.run()
    time.sleep(60)  # The host has been told, and ends this process when it has read all that was printed.


if __name__ == "__main__":
    serve()
