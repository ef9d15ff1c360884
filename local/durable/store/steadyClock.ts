/**
 * The time of the engine, in milliseconds as of `Date.now()`. It follows the clock of the machine forward, and goes on by
 * itself where that is set back: what waits for a time would else wait until the clock has come there again.
 */
export class SteadyClock {
  private time: number;
  private ticks: number;

  constructor(
    /** The latest time that is written down: a clock may be set back while no host runs. */
    latest = 0,
    private readonly wall: () => number = () => Date.now(),
    private readonly running: () => number = () => performance.now(),
  ) {
    this.time = Math.max(latest, wall());
    this.ticks = running();
  }

  now(): number {
    const ticks = this.running();
    this.time = Math.max(this.time + ticks - this.ticks, this.wall());
    this.ticks = ticks;
    return Math.floor(this.time);
  }

  /** The same as ISO 8601 in UTC. */
  text(): string {
    return new Date(this.now()).toISOString();
  }
}
