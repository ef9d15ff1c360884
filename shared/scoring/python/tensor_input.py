"""Tables and images in the shapes that a signature of tensors wants."""

from input_file_error import InputFileError


def of_table(table, schema):
    """What a model with this schema gets for a table: the table, or its tensors."""
    if schema is None or not schema.is_tensor_spec():
        return table
    if not schema.has_input_names():
        spec = schema.inputs[0]
        return shaped(table.to_numpy(dtype=spec.type if spec.type.kind in "iufb" else None), spec)
    return {spec.name: shaped(stacked(table[spec.name], spec), spec) for spec in schema.inputs if spec.name in table}


def stacked(column, spec):
    """The cells of a column as one array: each is a number, or all numbers of its row."""
    import numpy

    if column.dtype != object:
        return column.to_numpy()
    try:
        return numpy.array(column.tolist(), dtype=spec.type)
    except (ValueError, TypeError) as error:
        column_name = "column '" + str(spec.name) + "'"
        raise InputFileError(column_name + " does not fit " + told(spec) + ": " + str(error)) from error


def shaped(array, spec):
    """The rows of an array in the shape of the signature."""
    rows = spec.shape[1:]
    try:
        if -1 not in rows:
            array = array.reshape((len(array), *rows))
    except ValueError:
        numbers = array.size // max(len(array), 1)
        has = "a row has " + str(numbers) + " values, which do not fit "
        raise InputFileError(has + told(spec)) from None
    return array


def of_image(array, schema):
    """What a model with this schema gets for an image of so many rows, columns and, where it has colours, channels."""
    if schema is None:
        return array
    if not schema.is_tensor_spec() or len(schema.inputs) != 1:
        raise InputFileError("the model's signature wants " + str(schema) + ", and an image is one tensor")
    spec = schema.inputs[0]
    if spec.type.kind in "iuf":
        array = array.astype(spec.type, copy=False)
    if array.ndim == 2 and len(spec.shape) > 2 and spec.shape[-1] == 1:
        array = array[..., None]
    # A signature that starts with a batch of any size wants one more dimension than an image has.
    if len(spec.shape) == array.ndim + 1 and spec.shape[0] in (-1, 1):
        array = array[None, ...]
    if len(spec.shape) != array.ndim or any(size not in (-1, found) for size, found in zip(spec.shape, array.shape)):
        raise InputFileError("the image has the shape " + str(array.shape) + ", which does not fit " + told(spec))
    return array if spec.name is None else {spec.name: array}


def told(spec):
    name = "" if spec.name is None else " '" + str(spec.name) + "'"
    return "the tensor" + name + " of the model's signature, " + str(spec.type) + " " + str(tuple(spec.shape))
