import { readFile } from 'node:fs/promises';
import { systemErrorCode } from '../../errors/systemError';
import { InputFileError } from './inputFileError';

/** The pixels of an image: rows from the top, and in a pixel its channels. */
export interface Image {
  readonly height: number;
  readonly width: number;
  /** 1 for grey, 2 for grey with alpha, 3 for colours, 4 for colours with alpha. */
  readonly channels: number;
  readonly pixels: Uint8Array;
}

/**
 * Reads an image as it is stored, with 8 bits a channel, the upper ones where there are 16: it is not turned by its
 * EXIF data, and no colour profile is applied. Images with a palette, and those of ink, become red, green and blue. Of
 * several images in a file the first is read.
 * Fails with `InputFileError`.
 */
export async function readImage(path: string): Promise<Image> {
  try {
    const bytes = await readFile(path);
    // What a file is it says itself, whatever its name is.
    return bytes.toString('latin1', 0, 2) === 'BM' ? await readBmp(bytes) : await decode(bytes);
  } catch (error) {
    if (error instanceof InputFileError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputFileError(`the file is no image that can be read: ${reason.trim()}`, { cause: error });
  }
}

async function decode(bytes: Buffer): Promise<Image> {
  const { default: sharp } = await import('sharp');
  // Several small images at once are faster than several threads for one.
  sharp.concurrency(1);
  sharp.cache(false);
  const source = sharp(bytes, { ignoreIcc: true, failOn: 'error', limitInputPixels: mostPixels });
  const { space, format, hasAlpha, depth } = await source.metadata();
  if (depth !== 'uchar' && depth !== 'ushort')
    throw new InputFileError(`the image has values of type ${depth}, and only 8 or 16 bits are read`);
  // 16 bits are cut to the upper 8 here: the package would make other shades of them.
  const deep = space === 'grey16' && !hasAlpha;
  const grey = space === 'b-w' || space === 'grey16';
  if (grey && !hasAlpha) source.toColourspace(deep ? 'grey16' : 'b-w');
  if (space === 'cmyk') source.pipelineColourspace('cmyk').toColourspace('cmyk');
  const { data, info } = await source
    .raw(deep ? { depth: 'ushort' } : {})
    .toBuffer({ resolveWithObject: true });
  const image = { height: info.height, width: info.width, channels: info.channels, pixels: data };
  if (deep) return channelsOf({ ...image, channels: 2 }, [1]);
  if (space === 'cmyk') return coloursOf(image);
  if (grey && hasAlpha) {
    if (hasNoAlpha(image, format, bytes)) return channelsOf(image, [0]);
    return channelsOf(image, image.channels === 4 ? [0, 3] : [0, 1]);
  }
  return image.channels === 4 && hasNoAlpha(image, format, bytes) ? channelsOf(image, [0, 1, 2]) : image;
}

/** A colour that stands for transparent pixels makes no channel in a PNG, and nor do frames that come later in a GIF. */
function hasNoAlpha({ pixels, channels }: Image, format: string, bytes: Buffer): boolean {
  if (format === 'png') return bytes[pngColours] === 0 || bytes[pngColours] === 2;
  if (format !== 'gif') return false;
  for (let at = channels - 1; at < pixels.length; at += channels) if (pixels[at] !== 255) return false;
  return true;
}

/** Where a PNG says what its pixels are: 0 for grey, 2 for red, green and blue. */
const pngColours = 25;

/** As many as in an image of 16,383 x 16,383. */
const mostPixels = 0x3fff * 0x3fff;

/** What the other package does not know. */
async function readBmp(bytes: Buffer): Promise<Image> {
  const { decode: decodeBmp } = await import('bmp-ts');
  if (bytes.length < 26) throw new InputFileError('the file is no BMP');
  if (Math.abs(bytes.readInt32LE(18) * bytes.readInt32LE(22)) > mostPixels) {
    throw new InputFileError('the image has more pixels than any that can be scored');
  }
  const { width, height, data, palette, bitPP } = wholeBmp(() => decodeBmp(bytes));
  // Its pixels are alpha, blue, green and red.
  const image = { height, width, channels: 4, pixels: data };
  const isGrey = bitPP <= 8 && palette.every(({ red, green, blue }) => red === green && green === blue);
  if (isGrey) return channelsOf(image, [3]);
  return channelsOf(image, bitPP === 32 && hasAlphaMask(bytes) ? [3, 2, 1, 0] : [3, 2, 1]);
}

/** The package reads on behind the end of a file that is cut off. */
function wholeBmp<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (systemErrorCode(error) !== 'ERR_OUT_OF_RANGE') throw error;
    throw new InputFileError('the file is no BMP, or not all of one: it ends before its last pixel', {
      cause: error,
    });
  }
}

/** Whether a BMP says where its alpha is; without, the fourth byte of a pixel means nothing. */
function hasAlphaMask(bytes: Buffer): boolean {
  const [headerBytes, compression] = [bytes.readUInt32LE(14), bytes.readUInt32LE(30)];
  return headerBytes >= 56 && compression === 3 && bytes.readUInt32LE(66) !== 0;
}

/** Colours of light for those of ink, without any profile. */
function coloursOf({ height, width, pixels }: Image): Image {
  const colours = new Uint8Array(height * width * 3);
  for (let pixel = 0; pixel < height * width; pixel++) {
    const light = 255 - (pixels[4 * pixel + 3] ?? 0);
    for (let channel = 0; channel < 3; channel++) {
      const ink = pixels[4 * pixel + channel] ?? 0;
      colours[3 * pixel + channel] = light - Math.round((ink * light) / 255);
    }
  }
  return { height, width, channels: 3, pixels: colours };
}

function channelsOf({ height, width, channels, pixels }: Image, kept: readonly number[]): Image {
  const chosen = new Uint8Array(height * width * kept.length);
  let at = 0;
  for (let from = 0; from < pixels.length; from += channels) {
    for (const channel of kept) chosen[at++] = pixels[from + channel] ?? 0;
  }
  return { height, width, channels: kept.length, pixels: chosen };
}
