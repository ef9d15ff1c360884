import { failure } from '../errors/batchpointError';
import { pathOf, type ListedFile } from './listedFile';

/**
 * The pages of a listing, as long as its names can lie on a disk together: a container may hold `a` and `a/b`, a folder
 * may not. Fails with `InputNamesClash`. Containers list in the order of names, so all that starts with a name follows
 * it, and only names that begin each other have to be remembered.
 */
export async function* refuseClashes(
  pages: AsyncIterable<readonly ListedFile[]>,
): AsyncGenerator<readonly ListedFile[]> {
  const beginnings: string[] = [];
  for await (const page of pages) {
    for (const listed of page) {
      const name = pathOf(listed);
      while (!name.startsWith(beginnings.at(-1) ?? '')) beginnings.pop();
      const file = beginnings.find((beginning) => name[beginning.length] === '/');
      if (file !== undefined) throw failure('InputNamesClash', { file, other: name });
      beginnings.push(name);
    }
    yield page;
  }
}
