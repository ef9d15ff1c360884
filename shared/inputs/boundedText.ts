import type { Readable } from 'node:stream';

/** What a text that somebody else sends may cost. */
export interface TextLimits {
  readonly bytes: number;
  readonly milliseconds: number;
}

/** The whole of a stream as text. Throws where it breaks off, or goes on beyond its limits; then it is closed. */
export async function boundedText(body: Readable, { bytes, milliseconds }: TextLimits): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  const tooLate = new Error('it did not come to its end in time');
  const timer = setTimeout(() => body.destroy(tooLate), milliseconds);
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > bytes) throw new Error(`it has more than ${bytes} bytes`);
      chunks.push(chunk);
    }
  } finally {
    clearTimeout(timer);
  }
  return Buffer.concat(chunks).toString('utf8');
}
