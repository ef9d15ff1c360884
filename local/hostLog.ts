import { withoutSecrets } from '../shared/errors/withoutSecrets';

/** The levels of a Functions log, from the least to the most urgent. */
const logLevels = ['trace', 'debug', 'information', 'warning', 'error', 'critical'] as const;

export type LogLevel = (typeof logLevels)[number];

/** Where the host writes what happens, and what the app's functions log. */
export interface HostLog {
  /** `category` is `Host`, or `Function.<name>` for what a function logged. */
  write(level: LogLevel, category: string, message: string): void;
}

/** True for the name of a level, in any case. */
export function isLogLevel(name: string): name is LogLevel {
  return (logLevels as readonly string[]).includes(name);
}

/** A log of one line an entry: `2026-01-31T12:00:00.000Z information Host: message`. Secrets are left out. */
export function lineLog(writeLine: (line: string) => void, now: () => Date = () => new Date()): HostLog {
  return {
    write(level, category, message) {
      writeLine(`${now().toISOString()} ${level} ${category}: ${indented(withoutSecrets(message))}`);
    },
  };
}

/** The same log without the entries below `least`. */
export function leveledLog(log: HostLog, least: LogLevel): HostLog {
  const threshold = logLevels.indexOf(least);
  return {
    write(level, category, message) {
      if (logLevels.indexOf(level) >= threshold) log.write(level, category, message);
    },
  };
}

/** Continuation lines are indented, so that no text of a caller can look like an entry of its own. */
function indented(message: string): string {
  return message.replace(/\r\n|\r|\n/g, '\n    ');
}
