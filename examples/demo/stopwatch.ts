/** A phase of the demo and the seconds that it took. */
interface PhaseTime {
  readonly phase: string;
  readonly seconds: number;
  readonly note?: string;
}

/** How long each phase took, in their order. */
export class Stopwatch {
  readonly times: PhaseTime[] = [];

  /** Does the work of a phase and notes the time that it takes. */
  async time<T>(phase: string, work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    const result = await work();
    this.add({ phase, seconds: (performance.now() - began) / 1000 });
    return result;
  }

  /** Notes a phase that somebody else has measured. */
  add(time: PhaseTime): void {
    this.times.push(time);
  }

  get total(): number {
    return this.times.reduce((sum, { seconds }) => sum + seconds, 0);
  }
}
