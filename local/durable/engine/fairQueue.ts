interface Group<Entry> {
  readonly entries: Entry[];
  /** Index of the first entry that is still queued: taking it out of a long array would move all the others. */
  next: number;
}

/** A queue in which the groups take turns: many entries of one group do not hold up the few of another. */
export class FairQueue<Entry> {
  private readonly groups = new Map<string, Group<Entry>>();
  private count = 0;

  get size(): number {
    return this.count;
  }

  push(name: string, entry: Entry): void {
    const group = this.groups.get(name);
    if (group === undefined) this.groups.set(name, { entries: [entry], next: 0 });
    else group.entries.push(entry);
    this.count += 1;
  }

  /** The next entry; the group that it is taken from moves to the end. */
  shift(): Entry | undefined {
    for (const [name, group] of this.groups) {
      const entry = group.entries[group.next];
      group.next += 1;
      this.groups.delete(name);
      if (group.next < group.entries.length) this.groups.set(name, group);
      this.count -= 1;
      return entry;
    }
    return undefined;
  }
}
