"""Says when a model was saved by other versions than those that load it: what it fails with seldom does.

Versions are known from what scikit-learn warns of, from what it leaves in its pickles, and from the files that lie
beside an MLflow model.
"""

import functools
import linecache
import mmap
import os
import pickle
import re
import sys
import warnings

PICKLES = (".pkl", ".pickle", ".joblib", ".sav", ".p")
MOST_PICKLES = 50
MOST_NAMED = 8
MODULES = {"scikit-learn": "sklearn", "pillow": "PIL", "pyyaml": "yaml", "opencv-python": "cv2"}
LOADERS = ("pickle", "joblib", "cloudpickle", "skops", "dill")
# In a pickle the key is followed by its place in the memo, and by the version with its length in front.
SKLEARN_MARK = re.compile(rb"_sklearn_version(?:\x94|q.|r.{4})?(?:\x8c(.)|X(.{4}))", re.DOTALL)
PINNED = re.compile(r"^\s*(?:-\s*)?['\"]?([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?==([^\s;,'\"]+)", re.MULTILINE)

_state = {"model": None, "warned": {}, "news": []}


def watch(model):
    """From now on, notes what scikit-learn warns of. `model`: the file or folder of the model."""
    _state["model"] = model
    show = warnings.showwarning

    def note(message, *where, **more):
        made = getattr(message, "original_sklearn_version", None)
        if made is not None:
            _state["warned"]["scikit-learn"] = made
            _state["news"].append(difference({"scikit-learn": made}))
        show(message, *where, **more)

    warnings.showwarning = note


def news():
    """What is to be told of a model that could be loaded all the same; each difference once."""
    told, _state["news"] = list(dict.fromkeys(_state["news"])), []
    return told


def explain(error):
    """What to add to the message of an error that comes from a model of other versions; empty for any other error."""
    try:
        made = {**saved_with(_state["model"]), **_state["warned"]}
        other = {name: version for name, version in made.items() if not is_same(name, version)}
        loading = is_from_loading(error)
        if not loading and not concerns(error, other):
            return ""
        if other:
            return known(dict(list(other.items())[:MOST_NAMED]))
        return unknown(error) if loading else ""
    except Exception:
        return ""  # The error itself matters more than what can be said about it.


def known(other):
    return " (" + difference(other) + ")"


def difference(other):
    saved = " and ".join(name + " " + version for name, version in other.items())
    here = " and ".join(name + " " + (installed(name) or "(not installed)") for name in other)
    return (
        "The model was saved with " + saved + ", and is loaded here with " + here + ". Give the deployment an"
        " environment with the versions that it was saved with, or save it again with those that are here."
    )


def unknown(error):
    """The model itself does not say what it was saved with, but its failure does."""
    text = str(error)
    protocol = re.search(r"unsupported pickle protocol: (\d+)", text)
    if protocol is not None:
        needed = "Python 3.8 or later" if protocol.group(1) == "5" else "a later Python"
        return " (The model was saved with " + needed + ", and is loaded here with Python " + installed("Python") + ".)"
    if "numpy._core" in text:
        return " (The model was saved with numpy 2 or later, and is loaded here with numpy " + installed("numpy") + ".)"
    module = re.search(r"(?:No module named '|on <module '|import name .* from ')([A-Za-z0-9_]+)", text)
    package = package_of(module.group(1)) if module is not None else None
    version = installed(package) if package is not None else None
    if version is None or not isinstance(error, (ImportError, AttributeError)):
        return ""
    return (
        " (The model was probably saved with another version of " + package + " than " + version + ", which is here."
        " Give the deployment an environment with the version that it was saved with.)"
    )


@functools.lru_cache(maxsize=1)
def saved_with(model):
    """The versions that a model says it was saved with, by package; Python is one of them."""
    if not model:
        return {}
    if os.path.isfile(model):
        return sklearn_version_in(model)
    found = {}
    pickles = 0
    for folder, folders, files in os.walk(model):
        folders.sort()
        for file in sorted(files):
            path = os.path.join(folder, file)
            if file.lower().endswith(PICKLES) and pickles < MOST_PICKLES:
                pickles += 1
                found.update(sklearn_version_in(path))
        if "MLmodel" in files:
            found.update(named_beside(folder, files))
    return found


def named_beside(folder, files):
    found = {}
    for file in ("requirements.txt", "conda.yaml", "conda.yml"):
        if file in files and not found:
            found = {name.lower(): version for name, version in PINNED.findall(read(folder, file))}
    python = re.search(r"^\s*python_version:\s*['\"]?(\d+\.\d+[\w.]*)", read(folder, "MLmodel"), re.MULTILINE)
    return {**found, **({} if python is None else {"Python": python.group(1)})}


def read(folder, file):
    with open(os.path.join(folder, file), encoding="utf-8", errors="replace") as opened:
        return opened.read()


def sklearn_version_in(path):
    if os.path.getsize(path) == 0:
        return {}
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        mark = SKLEARN_MARK.search(data)
        if mark is None:
            return {}
        length = int.from_bytes(mark.group(1) or mark.group(2), "little")
        version = data[mark.end() : mark.end() + min(length, 40)]
    return {"scikit-learn": version.decode("ascii", "replace")}


def is_same(name, version):
    here = installed(name)
    if name == "Python":
        return here.split(".")[:2] == version.split(".")[:2]
    return here is not None and here.split("+")[0] == version.split("+")[0]


def installed(name):
    if name == "Python":
        return ".".join(str(part) for part in sys.version_info[:3])
    from importlib import metadata

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def package_of(module):
    return next((package for package, name in MODULES.items() if name == module), module)


def is_from_loading(error):
    """Whether an error was raised while a model was loaded."""
    if isinstance(error, pickle.UnpicklingError):
        return True
    return any(
        name == "__setstate__"
        or any(part in LOADERS for part in parts_of(path))
        or re.search(r"\bload\w*\(", linecache.getline(path, line))
        for path, line, name in frames_of(error)
    )


def concerns(error, packages):
    """Whether an error comes from the code of one of these packages, and is none of those that bad data brings."""
    if not isinstance(error, (AttributeError, ImportError, KeyError, TypeError)):
        return False
    modules = {MODULES.get(name, name.replace("-", "_")) for name in packages}
    return any(modules.intersection(parts_of(path)) for path, _line, _name in frames_of(error))


def frames_of(error):
    """File, line and function of each frame, without those of this folder, which load models all the time."""
    here = os.path.dirname(os.path.abspath(__file__))
    frame = error.__traceback__
    while frame is not None:
        code = frame.tb_frame.f_code
        path = code.co_filename
        if not os.path.abspath(path).startswith(here + os.sep):
            yield path, frame.tb_lineno, code.co_name
        frame = frame.tb_next


def parts_of(path):
    return [part.split(".")[0] for part in re.split(r"[/\\]", path)]
