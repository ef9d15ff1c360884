import { link, rm } from 'node:fs/promises';
import { systemErrorCode } from '../../shared/errors/systemError';

/** Gives a file another name, with the first number that is free, and answers that: `predictions.csv.~1~`. */
export async function putAside(path: string): Promise<string> {
  for (let number = 1; ; number++) {
    const aside = `${path}.~${number}~`;
    try {
      // A link fails where something is there, which a rename would replace.
      await link(path, aside);
    } catch (error) {
      if (systemErrorCode(error) === 'EEXIST') continue;
      throw error;
    }
    await rm(path);
    return aside;
  }
}
