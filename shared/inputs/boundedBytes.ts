import { Transform } from 'node:stream';

/** Lets at most so many bytes through, and breaks a stream that has more. */
export function boundedBytes(most: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done): void {
      bytes += chunk.length;
      if (bytes > most) done(new Error(`it has more than ${most} bytes`));
      else done(null, chunk);
    },
  });
}
