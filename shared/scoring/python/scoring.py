"""The scoring loop of a worker: init() once, then run() for each mini-batch that the host hands out."""

import faulthandler
import logging
import os
import sys
import time

import pickle_versions
from error_texts import LONGEST_TEXT, describe
from output_folder import FileNameError, OutputFolder
from own_modules import step_aside
from results import ResultError, measure, rows_of


class Scoring:
    def __init__(self, control, setup, out_of_the_way):
        self._control = control
        self._setup = setup
        self._out_of_the_way = out_of_the_way
        self._module = None
        self._rows = None
        self._output = OutputFolder(setup["output"])
        # The script may close its standard output or send it elsewhere: these stay those that the host reads.
        self._printed = [out_of_the_way(os.dup(descriptor)) for descriptor in (1, 2)]
        self._pid = os.getpid()
        self._rows_of = rows_writer(setup)
        self._longest = None if setup.get("whole_errors") else LONGEST_TEXT

    def start(self):
        """Loads the script and calls init(). Answers whether the worker is ready."""
        began = time.monotonic()
        try:
            faulthandler.enable()  # A script that crashes the interpreter leaves at least its stack.
            logging.basicConfig(level=self._setup["level"])
            pickle_versions.watch(self._setup["model"])
            module = load(self._setup)
            if not callable(getattr(module, "run", None)):
                raise ScriptWithoutRun(self._setup["script"])
            if callable(getattr(module, "init", None)):
                module.init()
            self._module = module
        except BaseException as error:  # noqa: B902 - a script may raise or exit as it likes
            self._end_copies()
            flush()
            self._control.send("unready", kind_of_start(error), *describe(error, self._longest))
            return False
        self._end_copies()
        self._output.forget()
        self._warn()
        self._control.send("ready", time.monotonic() - began)
        return True

    def run(self):
        """Does what the host says, in the order it says it, until the host ends this process."""
        control = self._control
        while True:
            control.receive(wait=not control.pending)
            if any(message[0] == "drop" for message in control.pending):
                control.pending = [message for message in control.pending if message[0] not in ("score", "drop")]
                control.send("dropped")
                continue
            self._act(control.pending.pop(0))

    def _act(self, message):
        name = message[0]
        if name == "score":
            self._score(*message[1:])
        elif name == "begin":
            self._begin(*message[1:])
        elif name == "end":
            self._end(message[1])
        elif name == "shutdown":
            self._shutdown()

    def _begin(self, rows, files, root):
        if self._setup["kind"] == "mlflow":
            self._module.begin(root, os.path.dirname(rows))
        self._rows = self._out_of_the_way(os.open(rows, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
        self._output.begin(files)

    def _end(self, marker):
        os.close(self._rows)
        flush()
        for descriptor in self._printed:
            try:
                os.write(descriptor, marker.encode())
            except OSError:
                pass  # The script has closed even these: the host does not wait for the marker for long.
        self._control.send("ended")

    def _shutdown(self):
        """The host lets this process go: the script may tidy up."""
        try:
            if callable(getattr(self._module, "shutdown", None)):
                self._module.shutdown()
        finally:
            flush()
            self._control.send("ended")

    def _score(self, index, paths, *place):
        """One attempt at one mini-batch. After a failure the host says how to go on before the next is taken."""
        began = time.monotonic()
        try:
            # Where the files come from, as parts of larger ones, concerns only our own scorers.
            result = self._module.run(paths) if self._setup["kind"] == "script" else self._module.run(paths, *place)
            self._end_copies()
            count, failures = measure(result)
            pieces, row_count = self._rows_of(result, len(paths))
            seconds = time.monotonic() - began
            files = self._take_files()
        except WorkerBroken as error:
            self._control.send("broken", str(error))
            return
        except BaseException as error:  # noqa: B902
            self._end_copies()
            self._output.forget()
            seconds = time.monotonic() - began
            self._warn()
            self._control.send("failed", index, seconds, kind_of_run(error), *describe(error, self._longest))
            self._hold()
            return
        try:
            size = sum(write_all(self._rows, piece) for piece in pieces)
        except Exception as error:
            self._control.send("broken", type(error).__name__ + ": " + str(error))
            return
        self._warn()
        self._control.send("done", index, seconds, count, row_count, size, failures, files)
        if count < len(paths):
            self._hold()

    def _warn(self):
        for text in pickle_versions.news():
            self._control.send("warned", text)

    def _end_copies(self):
        """A script that forks may return in both processes: what the copy has to say is not for the host."""
        if os.getpid() != self._pid:
            os._exit(1)

    def _take_files(self):
        try:
            return self._output.take()
        except FileNameError:
            raise
        except Exception as error:
            raise WorkerBroken(type(error).__name__ + ": " + str(error)) from error

    def _hold(self):
        """Waits for the host's verdict: to go on, or first to try a mini-batch again."""
        control = self._control
        while not any(message[0] in ("go", "again") for message in control.pending):
            control.receive(wait=True)
        verdict = next(message for message in control.pending if message[0] in ("go", "again"))
        control.pending.remove(verdict)
        if verdict[0] == "again":
            control.pending.insert(0, ["score", *verdict[1:]])


class ScriptWithoutRun(Exception):
    pass


class WorkerBroken(Exception):
    """Not the script failed but this process: what it was to write cannot be written."""


def rows_writer(setup):
    """What makes the rows of a result and of its number of files: as they are, as blocks, or none at all."""
    if setup["summary_only"]:
        return lambda _result, _files: ([], 0)
    if setup.get("rows") != "blocks":
        return lambda result, _files: rows_of(result)
    from blocks import blocks_of  # Only here: it takes a good part of the time in which a worker starts.

    return blocks_of


def load(setup):
    """The module that scores: the user's script, or our own for a model that needs none."""
    if setup["kind"] == "mlflow":
        import mlflow_scorer

        mlflow_scorer.configure(setup)
        step_aside()  # What it needs is loaded by now, and the model may bring modules of its own.
        return mlflow_scorer
    import importlib.machinery
    import importlib.util

    step_aside()
    path = os.path.join(setup["folder"], setup["script"])
    sys.path.insert(0, os.path.dirname(path))
    if os.path.dirname(path) != setup["folder"]:
        sys.path.insert(1, setup["folder"])
    os.chdir(setup["folder"])
    # The name of the module is that of the file, so that classes of the script pickle under it.
    name = os.path.splitext(os.path.basename(path))[0]
    # Python, however the file is called: without a loader, only names in .py are known.
    spec = importlib.util.spec_from_file_location(name, path, loader=importlib.machinery.SourceFileLoader(name, path))
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def kind_of_start(error):
    if isinstance(error, ScriptWithoutRun):
        return "no-run"
    return "exited" if isinstance(error, SystemExit) else "raised"


def kind_of_run(error):
    if isinstance(error, ResultError):
        return "result"
    if isinstance(error, FileNameError):
        return "file-name"
    return "exited" if isinstance(error, SystemExit) else "raised"


def write_all(descriptor, data):
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
    return len(data)


def flush():
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            pass  # A script may have replaced or closed it.
