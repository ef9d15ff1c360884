import { failure } from '../errors/batchpointError';

/**
 * The pages of a listing, as long as its names can lie on a disk together: a container may hold `a` and `a/b`, a folder
 * may not. Fails with `InputNamesClash`. Containers list in the order of names, so all that starts with a name follows
 * it, and only names that begin each other have to be remembered.
 */
export async function* refuseClashes(
  pages: AsyncIterable<readonly string[]>,
): AsyncGenerator<readonly string[]> {
  const beginnings: string[] = [];
  for await (const page of pages) {
    for (const name of page) {
      while (!name.startsWith(beginnings.at(-1) ?? '')) beginnings.pop();
      const file = beginnings.find((beginning) => name[beginning.length] === '/');
      if (file !== undefined) throw failure('InputNamesClash', { file, other: name });
      beginnings.push(name);
    }
    yield page;
  }
}
