"""The folder AZUREML_BI_OUTPUT_PATH of a worker: what each mini-batch has added to it, taken file by file."""

import gc
import io
import os


class FileNameError(Exception):
    """A file of the script has a name that no store takes."""


class OutputFolder:
    """Scripts open a file once and append over many mini-batches, or write new ones: both are seen by what grew."""

    def __init__(self, folder):
        self._folder = os.path.realpath(folder)
        self._known = {}
        self._target = None
        self._sizes = {}

    def begin(self, target):
        """From now on, what is taken goes below `target`."""
        self._target = target
        self._sizes = {}

    def forget(self):
        """Leaves out what was written since the last look: it belongs to a failed attempt, or to init()."""
        self._known = self._look_flushed()

    def take(self):
        """Copies what was written since the last look; gives the new sizes of the copies that grew."""
        seen = self._look_flushed()
        if seen == self._known:
            return {}
        written = sorted(path for path in seen if self._known.get(path) != seen[path])
        for path in written:
            refuse_broken_name(path)
        grown = {}
        for path in written:
            inode, size, _ = seen[path]
            before = self._known.get(path)
            appended = before is not None and before[0] == inode and size > before[1]
            grown[path] = self._copy(path, before[1] if appended else 0, size)
        self._known = seen
        return grown

    def _look_flushed(self):
        """What is there now, with what the script has written and still holds back."""
        seen = self._look()
        if not seen or not self._has_open_files():
            return seen
        flush_files({inode for inode, _size, _changed in seen.values()})
        return self._look()

    def _has_open_files(self):
        """Whether this process holds a file of the folder open; where that cannot be told, whether there is one."""
        try:
            descriptors = os.listdir("/proc/self/fd")
        except OSError:
            return bool(self._known)
        return any(self._is_inside(descriptor) for descriptor in descriptors)

    def _is_inside(self, descriptor):
        try:
            return os.readlink("/proc/self/fd/" + descriptor).startswith(self._folder + "/")
        except OSError:
            return False

    def _copy(self, path, start, end):
        target = os.path.join(self._target, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        left = end - start
        with open(os.path.join(self._folder, path), "rb") as source, open(target, "ab") as copy:
            source.seek(start)
            while left > 0:
                data = source.read(min(left, 1 << 20))
                if not data:
                    break
                copy.write(data)
                left -= len(data)
            return copy.tell()

    def _look(self):
        """Inode, size and time of change of every file below the folder, by relative path."""
        found = {}
        folders = [""]
        while folders:
            prefix = folders.pop()
            with os.scandir(os.path.join(self._folder, prefix)) as entries:
                for entry in entries:
                    path = prefix + entry.name
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(path + "/")
                    elif entry.is_file(follow_symlinks=False):
                        status = entry.stat(follow_symlinks=False)
                        found[path] = (status.st_ino, status.st_size, status.st_mtime_ns)
        return found


def flush_files(inodes):
    """A script that keeps a file open seldom flushes it: what it has written belongs to what was done until now."""
    for found in gc.get_objects():
        # Not isinstance(), which asks objects that may answer anything.
        if not issubclass(type(found), (io.TextIOWrapper, io.BufferedWriter, io.BufferedRandom)):
            continue
        try:
            if os.fstat(found.fileno()).st_ino in inodes:
                found.flush()
        except Exception:
            pass  # Closed, detached, none of the system's files, or a stream of the script's own that fails.


def refuse_broken_name(path):
    """Names of files are bytes; those that are not UTF-8 come with surrogates, which cannot be told to the host."""
    try:
        path.encode()
    except UnicodeEncodeError:
        raise FileNameError(ascii(path)) from None
