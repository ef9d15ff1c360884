/**
 * Leaves out the warning that node:sqlite is experimental, and no other. To be called before it is loaded.
 */
export function silenceSqliteWarning(): void {
  const inherited = process.emitWarning.bind(process) as (...args: unknown[]) => void;
  process.emitWarning = (...args: unknown[]): void => {
    const [warning] = args;
    const text = warning instanceof Error ? warning.message : String(warning);
    if (/SQLite is an experimental feature/.test(text)) return;
    inherited(...args);
  };
}
