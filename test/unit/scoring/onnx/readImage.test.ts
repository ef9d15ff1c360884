import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { readImage, type Image } from '../../../../shared/scoring/onnx/readImage';

const folder = mkdtempSync(join(tmpdir(), 'batchpoint-images-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Two rows of three pixels. */
const colours = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130, 140, 150, 160, 170, 180];
const greys = [0, 50, 100, 150, 200, 255];

function raw(pixels: readonly number[]): sharp.Sharp {
  const channels = (pixels.length / 6) as 1 | 2 | 3 | 4;
  const image = sharp(Uint8Array.from(pixels), { raw: { width: 3, height: 2, channels } });
  return channels < 3 ? image.toColourspace('b-w') : image;
}

function chunk(type: string, values: readonly number[]): Buffer {
  const content = Buffer.concat([Buffer.from(type), Buffer.from(values)]);
  const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  size.writeUInt32BE(values.length);
  sum.writeUInt32BE(crc32(content));
  return Buffer.concat([size, content, sum]);
}

async function read(name: string, content: Buffer | string): Promise<Image> {
  const path = join(folder, name);
  writeFileSync(path, content);
  return readImage(path);
}

async function pixels(name: string, content: Buffer): Promise<number[]> {
  const image = await read(name, content);
  expect(image).toMatchObject({ width: 3, height: 2, channels: image.pixels.length / 6 });
  return [...image.pixels];
}

describe('the pixels of an image are those that are stored', () => {
  test('in PNG: colours, grey, each with alpha', async () => {
    expect(await pixels('a.png', await raw(colours).png().toBuffer())).toEqual(colours);
    expect(await pixels('a.PNG', await raw(greys).png().toBuffer())).toEqual(greys);
    const seen = greys.flatMap((grey) => [grey, grey, 7, 99]);
    expect(await pixels('a.png', await raw(seen).png().toBuffer())).toEqual(seen);
    const veiled = greys.flatMap((grey) => [grey, 255 - grey]);
    expect(await pixels('a.png', await raw(veiled).png().toBuffer())).toEqual(veiled);
  });

  test('in PNG with a colour that stands for transparent pixels, which makes no channel', async () => {
    for (const [values, seen] of [
      [colours, [0, 10, 0, 20, 0, 30]],
      [greys, [0, 50]],
    ] as const) {
      const png = await raw(values).png({ palette: false }).toBuffer();
      // Behind what the file begins with and the first chunk, of 25 bytes.
      const marked = Buffer.concat([png.subarray(0, 33), chunk('tRNS', seen), png.subarray(33)]);
      expect(await pixels('a.png', marked)).toEqual(values);
    }
  });

  test('of the form that the file has, whatever its name is', async () => {
    expect(await pixels('a.bmp', await raw(colours).png().toBuffer())).toEqual(colours);
    const lower = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    expect(await pixels('a.png', bmp(24, [lower, lower]))).toHaveLength(18);
  });

  test('in TIFF and GIF', async () => {
    const tiff = await raw(colours).tiff({ compression: 'lzw' }).toBuffer();
    expect(await pixels('a.tiff', tiff)).toEqual(colours);
    const black = Array.from({ length: 18 }, (_, i) => (i < 9 ? 0 : 255));
    expect(await pixels('a.gif', await raw(black).gif().toBuffer())).toEqual(black);
  });

  test('in JPEG, as near as it stores them', async () => {
    const flat = colours.map(() => 128);
    expect(await pixels('a.jpg', await raw(flat).jpeg({ quality: 100 }).toBuffer())).toEqual(flat);
    expect(
      await pixels(
        'a.jpeg',
        await raw(greys.map(() => 9))
          .jpeg({ quality: 100 })
          .toBuffer(),
      ),
    ).toEqual(greys.map(() => 9));
  });

  test('with a palette, the colours of it', async () => {
    const few = colours.map((_, i) => (i % 3 === 0 ? 255 : 0));
    const png = await raw(few).png({ palette: true }).toBuffer();
    expect(png[25]).toBe(3);
    expect(await pixels('a.png', png)).toEqual(few);
  });

  test('with 16 bits, the upper 8 of each', async () => {
    const deep = Uint16Array.from([0, 255, 256, 511, 0x8000, 0xffff]);
    const png = sharp(deep, { raw: { width: 3, height: 2, channels: 1 } })
      .toColourspace('grey16')
      .png();
    expect(await pixels('a.png', await png.toBuffer())).toEqual([0, 0, 1, 1, 128, 255]);
  });

  test('not turned, whatever its EXIF data says', async () => {
    const turned = await raw(colours).png().withMetadata({ orientation: 6 }).toBuffer();
    expect(await pixels('a.png', turned)).toEqual(colours);
  });
});

/** A BMP as programs write it: rows from below, each filled up to four bytes. */
function bmp(
  bits: number,
  rows: readonly (readonly number[])[],
  palette: readonly number[] = [],
  height = 2,
): Buffer {
  const header = Buffer.alloc(54);
  const data = Buffer.concat(
    rows.map((row) => Buffer.concat([Buffer.from(row), Buffer.alloc(-row.length & 3)])),
  );
  header.write('BM');
  header.writeUInt32LE(54 + palette.length + data.length, 2);
  header.writeUInt32LE(54 + palette.length, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(3, 18);
  header.writeInt32LE(height, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(bits, 28);
  header.writeUInt32LE(palette.length / 4, 46);
  return Buffer.concat([header, Buffer.from(palette), data]);
}

describe('a BMP is read', () => {
  const upper = [1, 2, 3, 4, 5, 6, 7, 8, 9];
  const lower = [11, 12, 13, 14, 15, 16, 17, 18, 19];
  /** Blue, green and red, as files have them. */
  const swapped = (row: readonly number[]): number[] =>
    row.map((_, i) => row[i - (i % 3) + 2 - (i % 3)] ?? 0);

  test('with 24 bits a pixel, from below and from above', async () => {
    const wanted = [...upper, ...lower];
    expect(await pixels('a.bmp', bmp(24, [swapped(lower), swapped(upper)]))).toEqual(wanted);
    expect(await pixels('a.bmp', bmp(24, [swapped(upper), swapped(lower)], [], -2))).toEqual(wanted);
  });

  test('with 32 bits a pixel, of which the last 8 mean nothing', async () => {
    const wide = (row: readonly number[]): number[] =>
      [0, 3, 6].flatMap((at) => [...swapped(row).slice(at, at + 3), 77]);
    expect(await pixels('a.bmp', bmp(32, [wide(lower), wide(upper)]))).toEqual([...upper, ...lower]);
  });

  test('with a palette, of colours or of greys', async () => {
    const rows = [
      [0, 1, 0],
      [1, 1, 0],
    ];
    const coloured = bmp(8, rows, [3, 2, 1, 0, 30, 20, 10, 0]);
    expect(await pixels('a.bmp', coloured)).toEqual([
      10, 20, 30, 10, 20, 30, 1, 2, 3, 1, 2, 3, 10, 20, 30, 1, 2, 3,
    ]);
    const grey = bmp(8, rows, [5, 5, 5, 0, 9, 9, 9, 0]);
    expect(await pixels('a.bmp', grey)).toEqual([9, 9, 5, 5, 9, 5]);
  });
});

/** A TIFF of one number of 32 bits. */
function floatTiff(): Buffer {
  const pixels = 8;
  // The tags of the format, and their values.
  const shorts = [
    [256, 1],
    [257, 1],
    [258, 32],
    [259, 1],
    [262, 1],
    [273, pixels],
    [277, 1],
    [278, 1],
    [279, 4],
    [339, 3],
  ] as const;
  const directory = 12;
  const file = Buffer.alloc(directory + 2 + 12 * shorts.length + 4);
  file.write('II*\0', 'latin1');
  file.writeUInt32LE(directory, 4);
  file.writeFloatLE(40.5, pixels);
  file.writeUInt16LE(shorts.length, directory);
  for (const [i, [tag, value]] of shorts.entries()) {
    const at = directory + 2 + 12 * i;
    file.writeUInt16LE(tag, at);
    file.writeUInt16LE(3, at + 2);
    file.writeUInt32LE(1, at + 4);
    file.writeUInt16LE(value, at + 8);
  }
  return file;
}

describe('what is no whole image is refused', () => {
  test.each(['png', 'jpg', 'tiff', 'gif', 'bmp'])('a .%s with other content', async (type) => {
    await expect(
      read(`no.${type}`, 'this is a text, and it is quite a long one that goes on'),
    ).rejects.toMatchObject({
      name: 'InputFileError',
    });
    await expect(read(`empty.${type}`, '')).rejects.toMatchObject({ name: 'InputFileError' });
  });

  test('half of one', async () => {
    const noise = Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => (i * 7919) % 251);
    const image = sharp(noise, { raw: { width: 64, height: 64, channels: 3 } });
    for (const type of ['png', 'jpeg', 'tiff'] as const) {
      const whole = await image.clone().toFormat(type).toBuffer();
      await expect(read(`half.${type}`, whole.subarray(0, whole.length / 2))).rejects.toMatchObject({
        name: 'InputFileError',
        message: expect.stringContaining('the file is no image that can be read') as string,
      });
    }
    const whole = bmp(24, [
      [1, 2, 3, 4, 5, 6, 7, 8, 9],
      [1, 2, 3, 4, 5, 6, 7, 8, 9],
    ]);
    await expect(read('half.bmp', whole.subarray(0, 60))).rejects.toThrow('it ends before its last pixel');
  });

  test('one of other numbers than those of 8 or 16 bits', async () => {
    await expect(read('floats.tiff', floatTiff())).rejects.toThrow('the image has values of type float');
  });

  test('one that would not fit into memory', async () => {
    const huge = bmp(24, [[1, 2, 3]]);
    huge.writeInt32LE(60_000, 18);
    huge.writeInt32LE(60_000, 22);
    await expect(read('huge.bmp', huge)).rejects.toThrow('more pixels than any that can be scored');
  });
});
