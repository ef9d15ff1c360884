"""A scoring worker: runs one scoring script, mini-batch by mini-batch, for the process that started it.

It is told what to do on descriptor 3, a line of JSON for each message, and answers there. Standard output and
error belong to the script; standard input is empty. Rows never cross the pipe: they go into a file, and the
answer says how long that file is now. The messages are described in workerMessages.ts.
"""

import errno
import fcntl
import json
import os
import resource
import select
import signal
import sys
import time

CONTROL = 3
PR_SET_PDEATHSIG = 1
# Scripts close and redirect descriptors, often a whole range of low ones, and what they open next takes the lowest
# that is free: ours lie out of their way, just below the limit or this number.
HIGHEST_OWN = 8192


class Control:
    """The two-way pipe to the host: messages in their order, with those in front of us to look at."""

    def __init__(self, descriptor):
        self._descriptor = descriptor
        self._poll = select.poll()  # select() takes no descriptor from 1,024 on.
        self._poll.register(descriptor, select.POLLIN)
        self._rest = b""
        self.pending = []

    def receive(self, wait):
        """Takes in the messages that have come; with `wait`, waits for one where there is none."""
        while wait or self._poll.poll(0):
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


def out_of_the_way(descriptor):
    """Moves a descriptor to a number that scripts do not come across, and keeps it from programs they start."""
    soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    limit = HIGHEST_OWN if soft == resource.RLIM_INFINITY else min(soft, HIGHEST_OWN)
    moved = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, max(0, limit - 32))
    os.close(descriptor)
    return moved


def die_with_host(host, descriptor):
    """Makes sure that neither this process nor what it starts outlives the host, whatever the script is doing.

    A second process watches the pipe: a thread of this one could not while the script holds the interpreter, and a
    signal at the death of the parent would leave the script's own children alone.
    """
    if os.getppid() != host:
        kill_group()
    worker = os.getpid()
    if os.fork() != 0:
        return
    try:
        watch(worker, descriptor)
    finally:
        os._exit(0)


def watch(worker, descriptor):
    """Ends the whole group when the host is gone; ends itself when the worker is."""
    linux = sys.platform == "linux"
    if linux:
        import ctypes  # Only here: the worker itself starts without it.

        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    os.closerange(0, CONTROL)
    poll = select.poll()
    poll.register(descriptor, 0)
    while os.getppid() == worker:
        if poll.poll(None if linux else 1000):
            kill_group()


def serve():
    descriptor = out_of_the_way(CONTROL)
    control = Control(descriptor)
    control.receive(wait=True)
    setup = control.pending.pop(0)
    die_with_host(setup["host"], descriptor)
    # Imported here: an error in them is then told like any other.
    from scoring import Scoring

    scoring = Scoring(control, setup, out_of_the_way)
    try:
        if scoring.start():
            scoring.run()
    except OSError as error:
        if error.errno != errno.EBADF:
            raise
        os.write(2, b"The script has closed descriptors that it has not opened.\n")
        os._exit(1)
    time.sleep(60)  # The host has been told, and ends this process when it has read all that was printed.


if __name__ == "__main__":
    serve()
