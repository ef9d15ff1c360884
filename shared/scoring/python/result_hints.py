"""What to tell about a result of run() that is none: the type that came, and how it becomes a list."""

import types

WANTED = "return a list, a tuple, a pandas DataFrame or Series, or a numpy array with one element for each file."
SINGLE = "A single value becomes a list by [value], which fits a mini-batch of one file."


def reason(result):
    """Why this value of run() is no result, and what to return instead."""
    if result is None:
        return "run() returned None: " + WANTED
    name = type(result).__name__
    if isinstance(result, (types.CoroutineType, types.AsyncGeneratorType)):
        return "run() is an async function, and nobody awaits what it returned: write it without async."
    return "run() returned a value of type '" + name + "': " + WANTED + " " + way_out(result)


def way_out(result):
    """How a value of this type becomes a list."""
    if isinstance(result, types.GeneratorType):
        return "A generator becomes a list by list(...), or by returning a list in place of each yield."
    if isinstance(result, dict):
        return "A dict becomes a list by list(result.values()), in the order of the files."
    if isinstance(result, (set, frozenset)):
        return "A set has no order: collect one element for each file in a list."
    if isinstance(result, (str, bytes, bytearray)):
        return SINGLE
    if callable(getattr(type(result), "numpy", None)):
        return (
            "A tensor becomes an array by .numpy(), "
            "or by .detach().cpu().numpy() where it has a gradient or is on a GPU."
        )
    if callable(getattr(type(result), "to_pandas", None)):
        return "It becomes a DataFrame or a Series by .to_pandas()."
    if not hasattr(type(result), "__iter__"):
        return SINGLE
    # Scalars of numpy can be iterated over by their type alone; an Index of pandas has a length.
    if callable(getattr(type(result), "tolist", None)):
        return "It becomes a list by .tolist()." if hasattr(type(result), "__len__") else SINGLE
    return "It becomes a list by list(...)."
