/** Milliseconds of one look at a file that are too many to wait for. */
const longLook = 1;

/** Looks that are taken aside after one that took long. */
const looksAside = 1_000;

/**
 * Looks at files. On a disk of this machine a look takes a microsecond, and to have it taken aside takes many; on a drive
 * of the network it may take long, and then the next ones are taken aside.
 */
export class Looks {
  private aside = 0;

  /** Looks in place, or aside where looks have taken long. */
  take<Seen>(inPlace: () => Seen, aside: () => Promise<Seen>): Seen | Promise<Seen> {
    if (this.aside > 0) {
      this.aside--;
      return aside();
    }
    const began = performance.now();
    const seen = inPlace();
    if (performance.now() - began > longLook) this.aside = looksAside;
    return seen;
  }
}
