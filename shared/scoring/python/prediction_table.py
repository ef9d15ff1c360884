"""What predict() of a model gives, as a table with a row for each prediction."""


def prediction_table(predictions, is_image):
    """The predictions as a DataFrame. An image is one prediction, whatever its shape, unless it is a table itself."""
    import numpy
    import pandas

    if isinstance(predictions, pandas.DataFrame):
        return plain_cells(predictions.reset_index(drop=True))
    if isinstance(predictions, pandas.Series):
        return plain_cells(predictions.reset_index(drop=True).to_frame("prediction"))
    values = predictions.toarray() if hasattr(predictions, "toarray") else predictions
    if hasattr(values, "__array__") and not isinstance(values, (numpy.ndarray, numpy.generic)):
        values = numpy.asarray(values)
    if is_image:
        values = one_prediction(values)
    if isinstance(values, numpy.ndarray) and values.ndim in (1, 2):
        return plain_cells(table_of_array(values))
    if isinstance(values, dict):
        return table_of_dict(values)
    return table_of_list(list(values) if is_listed(values) else [values])


def one_prediction(values):
    """What was predicted for one image: rows where these are named, else one row, whatever its shape."""
    if is_listed(values):
        return values if len(values) == 1 or is_records(values) else [plain(values)]
    if isinstance(values, dict) and values and all(is_listed(one) and len(one) == 1 for one in values.values()):
        return values
    return [plain(values)]


def table_of_array(values):
    import pandas

    if values.ndim == 1:
        return pandas.DataFrame({"prediction": values})
    return pandas.DataFrame(values, columns=["prediction_" + str(i) for i in range(values.shape[1])])


def table_of_dict(values):
    """One column for each key, where all have as many values; else one row of all that there is."""
    import pandas

    if values and all(is_listed(one) for one in values.values()):
        if len({len(one) for one in values.values()}) == 1:
            return plain_cells(pandas.DataFrame({key: column(one) for key, one in values.items()}))
    return table_of_list([values])


def table_of_list(values):
    import pandas

    if is_records(values):
        return plain_cells(pandas.DataFrame.from_records([dict(one) for one in values]))
    if values and all(is_listed(one) for one in values):
        widths = {len(one) for one in values}
        if len(widths) == 1 and widths != {0} and not any(is_nested(one) for one in values[0]):
            names = ["prediction_" + str(i) for i in range(widths.pop())]
            return pandas.DataFrame({name: column([one[i] for one in values]) for i, name in enumerate(names)})
    return pandas.DataFrame({"prediction": column(values)})


def column(values):
    """A Series with the type of its values: lists and dicts stay what they are, in one cell each."""
    import numpy
    import pandas

    if isinstance(values, numpy.ndarray) and values.ndim == 1:
        return pandas.Series(values)
    if any(is_nested(one) for one in values):
        return pandas.Series([plain(one) for one in values], dtype=object)
    return pandas.Series(list(values), dtype=None if len(values) else object)


def plain_cells(table):
    """The same table, without arrays and numbers of numpy inside its cells."""
    for i in range(table.shape[1]):
        cells = table.iloc[:, i]
        if cells.dtype == object and any(is_nested(one) for one in cells):
            table = table.copy(deep=False)
            table.isetitem(i, cells.map(plain))
    return table


def plain(value):
    """Numbers, lists and dicts of Python where numpy has its own."""
    import numpy

    if isinstance(value, (numpy.ndarray, numpy.generic)):
        return plain(value.tolist()) if value.dtype == object else value.tolist()
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    return value


def is_nested(value):
    return is_listed(value) or isinstance(value, dict)


def is_listed(value):
    import numpy

    return isinstance(value, (list, tuple)) or (isinstance(value, numpy.ndarray) and value.ndim > 0)


def is_records(values):
    return len(values) > 0 and all(isinstance(one, dict) for one in values)
