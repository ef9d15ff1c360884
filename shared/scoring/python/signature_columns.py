"""What the signature of a model wants of the columns of a table."""


class WantedColumn:
    """A column of the signature. `kind` says how its values are cast: int, float, bool, datetime, string, binary,
    json (lists and objects), numbers (so many in one cell) or any; `type_name` is what the signature calls it."""

    def __init__(self, name, kind, dtype, type_name, required=True, numbers=1):
        self.name = name
        self.kind = kind
        self.dtype = dtype
        self.type_name = type_name
        self.required = required
        self.numbers = numbers


KINDS = {"i": "int", "u": "int", "f": "float", "b": "bool", "M": "datetime", "U": "string", "S": "string"}


def wanted_columns(schema, names):
    """The columns of a table with these names that the schema wants, each as (name in the table, WantedColumn);
    without a schema, all columns as they are. Fails with MissingColumns."""
    if schema is None:
        return None
    if schema.is_tensor_spec() and not schema.has_input_names():
        return [(name, of_tensor(schema.inputs[0], name)) for name in names]
    if not schema.has_input_names():
        if len(names) < len(schema.inputs):
            raise MissingColumns("the model's signature has more columns than the file: " + str(len(schema.inputs)))
        return [(name, of_column(spec, name)) for name, spec in zip(names, schema.inputs)]
    make = of_tensor if schema.is_tensor_spec() else of_column
    wanted = [make(spec, spec.name) for spec in schema.inputs]
    present = set(names)
    missing = [one.name for one in wanted if one.required and str(one.name) not in present]
    if missing:
        columns = ", ".join("'" + str(name) + "'" for name in missing[:10]) + ", ..." * (len(missing) > 10)
        what, verb = ("column ", " is") if len(missing) == 1 else ("columns ", " are")
        raise MissingColumns("the " + what + columns + " of the model's signature" + verb + " missing")
    return [(str(one.name), one) for one in wanted if str(one.name) in present]


class MissingColumns(Exception):
    """The table lacks columns; the message says which."""


def of_column(spec, name):
    type_name = getattr(spec.type, "name", None) or str(spec.type)
    dtype = spec.type.to_numpy() if hasattr(spec.type, "to_numpy") else None
    if type_name in ("string", "binary"):
        kind = type_name
    elif dtype is not None:
        kind = KINDS.get(dtype.kind, "any")
    else:
        # Lists, objects and maps of MLflow have no type of numpy.
        kind = "any" if type_name.lower() in ("any", "anytype") else "json"
    return WantedColumn(name, kind, dtype, type_name, getattr(spec, "required", True) is not False)


def of_tensor(spec, name):
    numbers = 1
    for size in spec.shape[1:]:
        numbers *= size
    kind = KINDS.get(spec.type.kind, "any")
    if spec.name is not None and numbers != 1:
        # In a tensor with a name, all numbers of a row are in one cell; without, each is a column.
        kind = "numbers" if kind in ("int", "float") and -1 not in spec.shape[1:] else "json"
    return WantedColumn(name, kind, spec.type, str(spec.type), numbers=numbers)
