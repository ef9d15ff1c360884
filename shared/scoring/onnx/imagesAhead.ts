import { extname } from 'node:path';
import { readImage, type Image } from './readImage';

/** Images that are in memory at once: one that the model is at work on, which takes the whole thread, and the next. */
const imagesAhead = 2;

const tables = ['.csv', '.parquet', '.pqt'];

/** Whether a file is a table, by its name. */
export function isTable(path: string): boolean {
  return tables.includes(extname(path).toLowerCase());
}

/** Reads the images of a mini-batch a little before they are wanted. */
export class ImagesAhead {
  private readonly reading = new Map<number, Promise<Image>>();

  constructor(private readonly paths: readonly string[]) {}

  /** The image at a position; those before it are not asked for any more. */
  async read(position: number): Promise<Image> {
    for (let i = position; i < Math.min(position + imagesAhead, this.paths.length); i++) this.begin(i);
    const image = this.reading.get(position);
    if (image === undefined) throw new Error('this file of the mini-batch is no image');
    this.reading.delete(position);
    return image;
  }

  private begin(position: number): void {
    const path = this.paths[position] ?? '';
    if (this.reading.has(position) || isTable(path)) return;
    const image = readImage(path);
    // Whoever asks for it is told.
    image.catch(() => undefined);
    this.reading.set(position, image);
  }
}
