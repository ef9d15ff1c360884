import { isFailure, failure, type ErrorBody } from '../shared/errors/batchpointError';
import { systemErrorReason } from '../shared/errors/systemError';
import { withoutSecrets } from '../shared/errors/withoutSecrets';
import { version } from '../package.json';
import { isServerError } from './client/serverError';
import type { AnyCommand } from './commands/command';
import { findCommand } from './commands/findCommand';
import type { GlobalValues } from './commands/globalOptions';
import { loadCommand } from './commands/index';
import { Context } from './context';
import { JobFailure } from './following/jobFailure';
import { Interruption } from './interruption';
import { errorText } from './output/errorText';
import { exitCodeOf, exitCodes } from './output/exitCodes';
import { Terminal } from './output/terminal';

/** Runs a command line to its end, and sets the exit code of the process. */
export async function run(args: readonly string[]): Promise<void> {
  endWithReader();
  const interrupt = interruption();
  try {
    const asked = findCommand(args);
    switch (asked.kind) {
      case 'version':
        process.stdout.write(`batchpoint ${version}\n`);
        break;
      case 'completion':
        await (await import('./completing/complete.js')).complete(asked.line);
        break;
      case 'help':
        process.stdout.write(await (await import('./commands/helpText.js')).rootHelp(version));
        break;
      case 'group': {
        const help = await (await import('./commands/helpText.js')).groupHelp(asked.name, asked.group);
        (asked.isHelp ? process.stdout : process.stderr).write(help);
        if (!asked.isHelp) process.exitCode = exitCodes.usage;
        break;
      }
      case 'command':
        await runCommand(await loadCommand(asked.load), asked.rest, interrupt);
    }
  } catch (error) {
    report(error, args.includes('--debug'));
  }
}

async function runCommand(
  command: AnyCommand,
  args: readonly string[],
  interruption: Interruption,
): Promise<void> {
  const { parse } = await import('./commands/parser.js');
  const parsed = parse(command, args);
  if ('help' in parsed) {
    process.stdout.write(parsed.help);
    return;
  }
  const { globals, values } = parsed;
  // Before anything is done: a result that cannot be printed comes too late.
  if (globals.query !== undefined) (await import('./output/query.js')).checkQuery(globals.query);
  const terminal = new Terminal(process.stdout, process.stderr, globals);
  const context = new Context(process.env, process.cwd(), globals, terminal, interruption);
  const result = await command.run(values as never, context);
  await print(terminal, command, globals, result);
}

async function print(
  terminal: Terminal,
  command: AnyCommand,
  { output, query }: GlobalValues,
  result: unknown,
): Promise<void> {
  if (result === undefined) return;
  const { printResult } = await import('./output/printResult.js');
  await printResult(terminal, result, { format: output ?? 'json', query, columns: command.columns });
}

/** Tells an error, and ends with its exit code. */
function report(error: unknown, debug: boolean): void {
  const body = bodyOf(error);
  process.exitCode = error instanceof JobFailure ? exitCodes.failed : exitCodeOf(body.code);
  const told = body.code === 'Interrupted' ? `${body.message}\n` : errorText(body);
  const from = debug && error instanceof Error ? `DEBUG: ${error.stack ?? ''}\n${causes(error)}` : '';
  process.stderr.write(withoutSecrets(`${told}${from}`));
}

function bodyOf(error: unknown): ErrorBody {
  if (isFailure(error)) return error.toBody();
  if (isServerError(error) || error instanceof JobFailure) return error.body;
  const reason = error instanceof Error ? error.message : String(error);
  return failure('CommandFailed', { reason }).toBody();
}

function causes({ cause }: Error): string {
  return cause instanceof Error ? `Caused by: ${cause.stack ?? cause.message}\n${causes(cause)}` : '';
}

/** Listens to whoever wants the command to end. */
function interruption(): Interruption {
  const interruption = new Interruption(() => process.exit(exitCodes.interrupted));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => interruption.interrupt());
  }
  return interruption;
}

/** Whoever reads the output may stop reading, as `head` does: there is nothing more to do then. */
function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exitCodes.done);
    // A full disk, for one: what was asked for may be done, and nobody learns of it.
    const reason = `its output cannot be written (${systemErrorReason(error)})`;
    report(failure('CommandFailed', { reason }, { cause: error }), false);
    process.exit();
  });
  // What nobody reads on standard error is no reason to fail.
  process.stderr.on('error', () => undefined);
}
