"""Reads images as arrays of bytes."""

import os

from input_file_error import InputFileError

# What is as it is in files has eight bits for each channel; other forms of Pillow become one of these.
FORMS = {"1": "L", "P": "RGB", "PA": "RGBA", "CMYK": "RGB", "YCbCr": "RGB", "LAB": "RGB", "HSV": "RGB", "RGBX": "RGB"}


def read_image(path):
    """The first image of a file as uint8: rows, columns and, where it has colours, channels."""
    import numpy

    try:
        from PIL import Image
    except ImportError as error:
        raise ImportError("the package pillow is needed to read images: add it to the environment") from error
    try:
        with Image.open(path) as image:
            image.load()
            if image.mode == "P" and "transparency" in image.info:
                image = image.convert("RGBA")
            image = image.convert(FORMS[image.mode]) if image.mode in FORMS else image
            array = numpy.asarray(image)
    except Exception as error:
        reason = str(error).replace(path, os.path.basename(path))
        raise InputFileError("the file is no image that can be read, or not all of one: " + reason) from error
    if array.dtype == numpy.uint8:
        return array
    if array.dtype.kind in "iu" and array.min() >= 0 and array.max() < 1 << 16:
        return (array >> 8).astype(numpy.uint8)  # Sixteen bits for each channel.
    raise InputFileError("the image has values of type " + str(array.dtype) + ", and only 8 or 16 bits are read")
