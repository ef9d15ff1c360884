import { scriptFrames } from './scriptErrors';

const exit = process.exit.bind(process);

/** Ends this process on our own account. */
export function exitNow(code: number): never {
  return exit(code);
}

/** Has a script that ends its own process say so, and where, on its standard error. */
export function tellOfExits(): void {
  process.exit = (code) => {
    const trace = scriptFrames(new Error().stack ?? '');
    process.stderr.write(`process.exit(${code ?? ''}) was called\n${trace}`);
    return exit(code);
  };
}
