import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { InputFileError } from './inputFileError';

/** The pixels of an image: rows from the top, and in a pixel its channels. */
export interface Image {
  readonly height: number;
  readonly width: number;
  /** 1 for grey, 2 for grey with alpha, 3 for colours, 4 with alpha or for CMYK. */
  readonly channels: number;
  readonly pixels: Uint8Array;
}

/**
 * Reads an image as it is stored, with 8 bits a channel: it is not turned by its EXIF data, and no colour profile is
 * applied. Images with a palette have the colours of it. Of several images in a file the first is read.
 * Fails with `InputFileError`.
 */
export async function readImage(path: string): Promise<Image> {
  try {
    return extname(path).toLowerCase() === '.bmp' ? await readBmp(path) : await decode(path);
  } catch (error) {
    if (error instanceof InputFileError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputFileError(`the file is no image that can be read: ${reason.trim()}`, { cause: error });
  }
}

async function decode(path: string): Promise<Image> {
  const { default: sharp } = await import('sharp');
  const bytes = await readFile(path);
  const source = sharp(bytes, { ignoreIcc: true, failOn: 'error', limitInputPixels: mostPixels });
  const { space, format, hasAlpha } = await source.metadata();
  if (space === 'grey16') {
    throw new InputFileError(
      `the image (${format}) is grey with 16 bits a pixel, and models take 8: save it with 8`,
    );
  }
  const grey = space === 'b-w' && !hasAlpha;
  if (grey) source.toColourspace('b-w');
  if (space === 'cmyk') source.pipelineColourspace('cmyk').toColourspace('cmyk');
  const { data, info } = await source.raw().toBuffer({ resolveWithObject: true });
  const image = { height: info.height, width: info.width, channels: info.channels, pixels: data };
  if (space === 'b-w' && hasAlpha) return channelsOf(image, image.channels === 4 ? [0, 3] : [0, 1]);
  // A colour that stands for transparent pixels makes no channel.
  return info.channels === 4 && format === 'png' && pngColours(bytes) === 2
    ? channelsOf(image, [0, 1, 2])
    : image;
}

/** As many as in an image of 16,383 x 16,383. */
const mostPixels = 0x3fff * 0x3fff;

/** The kind of pixels in a PNG file: 2 for red, green and blue. */
function pngColours(bytes: Buffer): number | undefined {
  return bytes[25];
}

/** What the other package does not know. */
async function readBmp(path: string): Promise<Image> {
  const { decode: decodeBmp } = await import('bmp-ts');
  const bytes = await readFile(path);
  if (bytes.length < 26 || bytes.toString('latin1', 0, 2) !== 'BM')
    throw new InputFileError('the file is no BMP');
  if (Math.abs(bytes.readInt32LE(18) * bytes.readInt32LE(22)) > mostPixels) {
    throw new InputFileError('the image has more pixels than any that can be scored');
  }
  const { width, height, data, palette, bitPP } = decodeBmp(bytes);
  // Its pixels are alpha, blue, green and red.
  const image = { height, width, channels: 4, pixels: data };
  const isGrey = bitPP <= 8 && palette.every(({ red, green, blue }) => red === green && green === blue);
  if (isGrey) return channelsOf(image, [3]);
  return channelsOf(image, bitPP === 32 && hasAlphaMask(bytes) ? [3, 2, 1, 0] : [3, 2, 1]);
}

/** Whether a BMP says where its alpha is; without, the fourth byte of a pixel means nothing. */
function hasAlphaMask(bytes: Buffer): boolean {
  const [headerBytes, compression] = [bytes.readUInt32LE(14), bytes.readUInt32LE(30)];
  return headerBytes >= 56 && compression === 3 && bytes.readUInt32LE(66) !== 0;
}

function channelsOf({ height, width, channels, pixels }: Image, kept: readonly number[]): Image {
  const chosen = new Uint8Array(height * width * kept.length);
  let at = 0;
  for (let from = 0; from < pixels.length; from += channels) {
    for (const channel of kept) chosen[at++] = pixels[from + channel] ?? 0;
  }
  return { height, width, channels: kept.length, pixels: chosen };
}
