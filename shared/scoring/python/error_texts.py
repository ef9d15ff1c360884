"""What is told of an error of a script: its type, its message with what to do about it, and its traceback."""

import os
import traceback

import pickle_versions
from results import ResultError

LONGEST_TEXT = 4000
# A long message stands at the end of its traceback, and must not push the lines of the script out of it.
LONGEST_LINE = 1000


def describe(error, longest=LONGEST_TEXT):
    """Type, message and traceback of an error, cut so that no script can flood a record; whole for `None`."""
    # What run() gave back is looked at here: the lines of the script to show are those of a str() that raised.
    shown = error.__cause__ if isinstance(error, ResultError) else error
    text = "" if shown is None else traceback_of(shown, None if longest is None else LONGEST_LINE)
    message = cut(message_of(error), longest) + (pickle_versions.explain(error) or hint_for(error))
    return [type(error).__name__, message, text if longest is None else text[-longest:]]


def traceback_of(error, longest):
    lines = traceback.format_exception(type(error), error, own_frames_cut(error))
    # Those that fit stay as they are: one with a cause ends with an empty line.
    return "".join(line if longest is None or len(line) <= longest else cut(line, longest) + "\n" for line in lines)


def own_frames_cut(error):
    """The traceback without the frames of this folder at its start."""
    # Compared as they are: a script may have removed the folder that a relative path would start from.
    here = os.path.dirname(__file__)
    frames = error.__traceback__
    while frames is not None:
        file = frames.tb_frame.f_code.co_filename
        # Where the error is ours, its last frame says where. That of an import says nothing: an error in the syntax
        # of the script has a place of its own.
        if not file.startswith("<frozen") and (frames.tb_next is None or not file.startswith(here)):
            break
        frames = frames.tb_next
    return frames


def message_of(error):
    try:
        if isinstance(error, SystemExit):
            return "sys.exit(" + ("" if error.code is None else repr(error.code)) + ")"
        return str(error)
    except BaseException:  # noqa: B902
        return "(its message cannot be shown)"


def cut(text, longest):
    return text if longest is None or len(text) <= longest else text[:longest] + "..."


def hint_for(error):
    """What to add to the message of an error; empty for those that say enough."""
    if isinstance(error, ModuleNotFoundError) and error.name:
        return (
            " (It is neither installed nor in the code folder: add the package that has it to the environment of the"
            " deployment, or the file to the code.)"
        )
    if isinstance(error, MemoryError):
        return " (The process got less memory than it asked for: make mini-batches smaller, or hold less at once.)"
    return ""
