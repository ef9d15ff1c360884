import { imageFeed } from '../../../../shared/scoring/onnx/imageFeed';
import type { ModelInput, TensorType } from '../../../../shared/scoring/onnx/modelInputs';
import type { Image } from '../../../../shared/scoring/onnx/readImage';

function input(type: TensorType, ...shape: (number | undefined)[]): ModelInput {
  return { name: 'image', type, shape };
}

function image(height: number, width: number, channels: number): Image {
  return {
    height,
    width,
    channels,
    pixels: Uint8Array.from({ length: height * width * channels }, (_, i) => i),
  };
}

const small = image(1, 2, 3);
const any = undefined;

describe('an image goes into the input of a model', () => {
  test.each([
    ['rows, columns and channels of any size', [any, any, any], [1, 2, 3]],
    ['a batch of them', [any, any, any, any], [1, 1, 2, 3]],
    ['a batch of one', [1, 1, 2, 3], [1, 1, 2, 3]],
    ['channels at the end', [any, any, 3], [1, 2, 3]],
  ])('as it is, where it takes %s', (_, shape, dims) => {
    const feed = imageFeed([input('uint8', ...shape)], small);
    expect(feed).toMatchObject({ dims, data: Uint8Array.from([0, 1, 2, 3, 4, 5]) });
  });

  test('with its channels first, where the input allows nothing else', () => {
    const feed = imageFeed([input('uint8', any, 3, any, any)], image(2, 2, 3));
    expect(feed.dims).toEqual([1, 3, 2, 2]);
    expect([...feed.data]).toEqual([0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11]);
  });

  test('grey with and without channels', () => {
    expect(imageFeed([input('uint8', any, any)], image(2, 3, 1)).dims).toEqual([2, 3]);
    expect(imageFeed([input('uint8', 1, 2, 3)], image(2, 3, 1)).dims).toEqual([1, 2, 3]);
    expect(imageFeed([input('uint8', any, 2, 3, 1)], image(2, 3, 1)).dims).toEqual([1, 2, 3, 1]);
    expect(imageFeed([input('uint8', any, 1, 2, 3)], image(2, 3, 1)).dims).toEqual([1, 1, 2, 3]);
  });

  test('in the type of the input, from 0 to 255', () => {
    const bright = { height: 1, width: 1, channels: 3, pixels: Uint8Array.from([0, 1, 255]) };
    const data = (type: TensorType): unknown => imageFeed([input(type, any, any, any)], bright).data;
    expect(data('float32')).toEqual(Float32Array.from([0, 1, 255]));
    expect(data('float64')).toEqual(Float64Array.from([0, 1, 255]));
    expect(data('float16')).toEqual(Uint16Array.from([0, 0x3c00, 0x5bf8]));
    expect(data('int64')).toEqual(BigInt64Array.from([0n, 1n, 255n]));
    expect(data('int32')).toEqual(Int32Array.from([0, 1, 255]));
    expect(() => data('int8')).toThrow('cannot hold numbers up to 255');
    expect(() => data('string')).toThrow('takes texts, and no image');
  });
});

describe('an image that does not fit is refused', () => {
  test.each([
    ['of another size', input('float32', any, 224, 224, 3), "image' is float32[?, 224, 224, 3]"],
    ['with other channels', input('uint8', any, any, 4), 'has 1 rows, 2 columns and 3 channels'],
    ['for a table', input('float32', any, 4), "image' is float32[?, 4]"],
  ])('%s', (_, one, message) => {
    expect(() => imageFeed([one], small)).toThrow(message);
  });

  test('for more than one input', () => {
    const one = input('uint8', any, any, any);
    expect(() => imageFeed([one, one], small)).toThrow('the model has 2 inputs');
  });
});
