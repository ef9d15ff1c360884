/** A whole number with its thousands apart: `12,345`. */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** A number with its noun: `1 file`, `2 files`. */
export function counted(value: number, noun: string, several = `${noun}s`): string {
  return `${count(value)} ${value === 1 ? noun : several}`;
}

/** Seconds that were measured: below ten with hundredths, as phases are short. */
export function duration(seconds: number): string {
  return seconds < 10 ? `${seconds.toFixed(2)} s` : roughDuration(seconds);
}

/** Seconds as people say them, for what changes while they look. */
export function roughDuration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** A number of bytes in the largest unit that keeps a digit before the point. */
export function byteCount(bytes: number): string {
  if (bytes < 1000) return counted(bytes, 'byte');
  const units = ['kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
  const value = (bytes / 1000 ** power).toLocaleString('en-US', {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  return `${value} ${units[power - 1] ?? ''}`;
}

/** Percent of what is done, rounded down: 100 % is said when nothing is left. */
export function percent(done: number, all: number): number {
  return all === 0 ? 0 : Math.floor((100 * done) / all);
}

/** A time as `2026-01-31 12:00:00 UTC`. */
export function moment(iso: string): string {
  return `${iso.slice(0, 19).replace('T', ' ')} UTC`;
}
