import { InputFileError } from './inputFileError';
import { shapeText, type ModelInput } from './modelInputs';
import type { Feed } from './onnxModel';
import type { Image } from './readImage';
import { makeData, putNumbers, type TensorData } from './tensorData';

/** The ways in which an image can lie in a tensor. */
const layouts = [
  {
    name: 'rows, columns, channels',
    dims: ({ height, width, channels }: Image) => [height, width, channels],
  },
  {
    name: 'channels, rows, columns',
    dims: ({ height, width, channels }: Image) => [channels, height, width],
  },
] as const;

/**
 * An image as the input of a model takes it: its numbers from 0 to 255 in the type of the input, without any scaling,
 * and with a batch of one where the input has one dimension more. Channels stand last, as in an array of the image,
 * unless the sizes that the input says allow only that they stand first. A grey image has no channels, or one.
 * Fails with `InputFileError` where the image does not fit.
 */
export function imageFeed(inputs: readonly ModelInput[], image: Image): Feed {
  const [input, ...others] = inputs;
  if (input === undefined || others.length > 0) {
    throw new InputFileError(`the model has ${inputs.length} inputs, and an image can be given to one only`);
  }
  if (input.type === 'string')
    throw new InputFileError(`the model's input '${input.name}' takes texts, and no image`);
  const found = arrangement(input, image);
  if (found === undefined) {
    const { width, height, channels } = image;
    throw new InputFileError(
      `the image has ${height} rows, ${width} columns and ${channels} channel${channels === 1 ? '' : 's'}, ` +
        `and the model's input '${input.name}' is ${shapeText(input)}`,
    );
  }
  const pixels = found.channelsFirst ? planes(image) : image.pixels;
  return { input, dims: found.dims, data: inType(input, pixels) };
}

function arrangement(
  { shape }: ModelInput,
  image: Image,
): { dims: readonly number[]; channelsFirst: boolean } | undefined {
  const candidates = [
    ...(image.channels === 1 ? [{ dims: [image.height, image.width], channelsFirst: false }] : []),
    ...layouts.map(({ dims }, i) => ({ dims: dims(image), channelsFirst: i === 1 })),
  ];
  for (const { dims, channelsFirst } of candidates) {
    for (const whole of [dims, [1, ...dims]]) {
      if (fits(shape, whole)) return { dims: whole, channelsFirst };
    }
  }
  return undefined;
}

function fits(shape: ModelInput['shape'], dims: readonly number[]): boolean {
  return shape.length === dims.length && shape.every((size, i) => size === undefined || size === dims[i]);
}

function planes({ height, width, channels, pixels }: Image): Uint8Array {
  const size = height * width;
  const turned = new Uint8Array(pixels.length);
  for (let channel = 0; channel < channels; channel++) {
    for (let i = 0; i < size; i++) turned[channel * size + i] = pixels[i * channels + channel] ?? 0;
  }
  return turned;
}

function inType({ type, name }: ModelInput, pixels: Uint8Array): TensorData {
  if (type === 'uint8') return pixels;
  const data = makeData(type, pixels.length);
  if (putNumbers(data, type, pixels, { offset: 0, stride: 1 }) === undefined) return data;
  throw new InputFileError(`the model's input '${name}' is ${type}, which cannot hold numbers up to 255`);
}
