import { printable } from '../errors/printable';

/** Files that a message names. */
const named = 3;

/** Files that something is to be said of: how many there are, and the first ones by name. */
export class NamedFiles {
  count = 0;
  private readonly first: string[] = [];

  add(path: string): void {
    if (this.count++ < named) this.first.push(printable(path));
  }

  /** Such as `a, b, c and 7 more`. */
  toString(): string {
    const more = this.count - this.first.length;
    return more > 0 ? `${this.first.join(', ')} and ${more} more` : this.first.join(', ');
  }
}
