/** Milliseconds of one look at a file that are too many to wait for. */
const longLook = 1;

/** So many have to be long one after the other: one alone is long where the processors were given to somebody else. */
const longInARow = 2;

/** Looks that are taken aside after those that took long. */
const looksAside = 1_000;

/**
 * Looks at files. On a disk of this machine a look takes a microsecond, and to have it taken aside takes ten and more; on a
 * drive of the network it may take long, and then the next ones are taken aside.
 */
export class Looks {
  private aside = 0;
  private long = 0;

  /** `now` tells milliseconds that run. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Looks in place, or aside where looks have taken long. */
  take<Seen>(inPlace: () => Seen, aside: () => Promise<Seen>): Seen | Promise<Seen> {
    if (this.aside > 0) {
      this.aside--;
      return aside();
    }
    const began = this.now();
    const seen = inPlace();
    this.long = this.now() - began > longLook ? this.long + 1 : 0;
    if (this.long >= longInARow) {
      this.aside = looksAside;
      // The first look after these tells whether it is as before.
      this.long = longInARow - 1;
    }
    return seen;
  }
}
