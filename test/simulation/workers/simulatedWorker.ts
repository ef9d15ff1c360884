import { basename } from 'node:path';
import { MessageQueue } from '../../../shared/scoring/messageQueue';
import type { ScoringWorker } from '../../../shared/scoring/scoringWorker';
import type { WorkerEvent } from '../../../shared/scoring/worker';
import type { FileFailure, HostMessage, WorkerMessage } from '../../../shared/scoring/workerMessages';
import { latency } from '../realm/random';
import type { Realm } from '../realm/realm';
import type { Process } from '../realm/scheduler';
import type { PlaceCount } from '../placeCount';
import type { RunEnd, RunNote, Script } from './script';

type Score = Extract<HostMessage, readonly ['score' | 'again', ...unknown[]]>;

/** A scoring process that says and hears the messages of real ones, and writes its rows to the same file. */
export class SimulatedWorker implements ScoringWorker {
  readonly warnings = new Set<string>();
  readonly stderr = { lastLines: (): string => '' };
  isAlive = true;
  private readonly events = new MessageQueue<WorkerEvent>();
  private queued: Score[] = [];
  private atWork: Score | undefined;
  /** Whether it waits for a verdict. */
  private holds = false;
  private rows = '';
  private stdout = '';
  private whenIdle: (() => void) | undefined;

  constructor(
    private readonly realm: Realm,
    private readonly process: Process,
    readonly name: string,
    private readonly script: Script,
    private readonly note: (run: RunNote) => void,
    private readonly places: PlaceCount,
  ) {}

  send(message: HostMessage): void {
    if (!this.isAlive) return;
    const { scheduler } = this.realm;
    const act = (): void => (this.isAlive ? this.take(message) : undefined);
    // A pipe keeps the order of what is said.
    scheduler.after(0, `${this.name} hears ${message[0]}`, act, this.process);
  }

  async next(milliseconds: number, signal?: AbortSignal): Promise<WorkerEvent> {
    return (await this.events.next(milliseconds, signal)) ?? { kind: 'silent' };
  }

  async endClaim(): Promise<{ stdout: Buffer; stderr: Buffer }> {
    if (this.isAlive) {
      await new Promise<void>((resolve) => {
        this.whenIdle = resolve;
        this.send(['end', '']);
      });
    }
    return this.printed();
  }

  printed(): { stdout: Buffer; stderr: Buffer } {
    const stdout = Buffer.from(this.stdout);
    this.stdout = '';
    return { stdout, stderr: Buffer.alloc(0) };
  }

  /** Ends it at once, whatever it is at. */
  kill(): void {
    this.isAlive = false;
    this.places.end(this);
    this.whenIdle?.();
  }

  private take(message: HostMessage): void {
    if (message[0] === 'begin') this.rows = message[1];
    else if (message[0] === 'score') this.queued.push(message);
    else if (message[0] === 'drop') this.drop();
    else if (message[0] === 'go') this.holds = false;
    else if (message[0] === 'again') {
      this.holds = false;
      this.queued.unshift(message);
    }
    this.goOn(message[0] === 'end');
  }

  private isDropped = false;
  private isEnding = false;

  private drop(): void {
    this.queued = [];
    this.isDropped = true;
  }

  private goOn(ends = false): void {
    this.isEnding ||= ends;
    if (!this.isAlive || this.atWork !== undefined || this.holds) return;
    if (this.isDropped) {
      this.isDropped = false;
      this.tell(['dropped']);
    }
    const next = this.queued.shift();
    if (next !== undefined) this.score(next);
    else if (this.isEnding) {
      this.isEnding = false;
      this.whenIdle?.();
    }
  }

  private score(message: Score): void {
    const { scheduler } = this.realm;
    const [, index, paths] = message;
    this.atWork = message;
    this.places.begin(this, this.rows);
    const end = this.endOf(paths);
    const note: RunNote = { at: scheduler.steps, first: basename(paths[0] ?? ''), end: 'begun' };
    this.note(note);
    if (end === 'hangs') return;
    const began = scheduler.time;
    const milliseconds = latency(scheduler.random, this.script.milliseconds) * paths.length;
    const act = (): void => {
      if (!this.isAlive) return;
      note.end = end;
      this.atWork = undefined;
      this.places.end(this);
      this.finish(index, paths, end, (scheduler.time - began) / 1000);
      this.goOn();
    };
    scheduler.after(milliseconds, `${this.name} ${end} ${index}`, act, this.process);
  }

  private endOf(paths: readonly string[]): RunEnd {
    const { scheduler } = this.realm;
    const { raises, chance } = this.script;
    if (paths.some((path) => raises.has(basename(path)))) return 'raises';
    if (scheduler.time >= chance.calmFrom) return 'done';
    if (scheduler.random.chance(chance.raises)) return 'raises';
    if (scheduler.random.chance(chance.hangs)) return 'hangs';
    return scheduler.random.chance(chance.dies) ? 'dies' : 'done';
  }

  private finish(index: number, paths: readonly string[], end: RunEnd, seconds: number): void {
    const files = paths.map((path) => basename(path));
    this.stdout += `run ${index}\n`;
    if (end === 'raises') {
      this.holds = true;
      return this.tell(['failed', index, seconds, 'raised', 'ValueError', 'a simulated fault', '']);
    }
    const given = files.filter((file) => !this.script.skips.has(file));
    const rows = given.map((file) => this.script.rowsOf(file)).join('');
    if (end === 'dies') {
      // A part of what it was about to write may be there already.
      this.realm.files.append(this.rows, rows.slice(0, rows.length >> 1));
      this.isAlive = false;
      return this.events.push({ kind: 'died', how: 'signal SIGKILL' });
    }
    this.realm.files.append(this.rows, rows);
    this.holds = given.length < files.length;
    const failures = files.flatMap((file, i): FileFailure[] =>
      given.includes(file) ? [] : [[i, 'raised', 'ValueError', 'a simulated fault of one file', '']],
    );
    const rowCount = rows.split('\n').length - 1;
    this.tell(['done', index, seconds, given.length, rowCount, Buffer.byteLength(rows), failures, {}]);
  }

  private tell(message: WorkerMessage): void {
    this.events.push({ kind: 'message', message });
  }
}
