import { exitCodeMeanings } from '../output/exitCodes';
import type { AnyCommand, Example } from './command';
import { groups, loadCommand, singleCommands, type Group } from './index';

/** Columns of the help. */
export const width = 100;

/** What stands below the options in the help of a command. */
export function helpAfter(command: AnyCommand): string {
  return `\nExamples:\n${command.examples.map(exampleText).join('\n')}\n${exitCodeText}`;
}

/** The help of a group of commands. */
export async function groupHelp(name: string, group: Group): Promise<string> {
  const commands = await Promise.all(Object.values(group.commands).map(loadCommand));
  return [
    `Usage: batchpoint ${name} <command> [options]\n`,
    `${group.summary}\n`,
    'Commands:',
    `${columns(commands.map(({ path, summary }) => [path.split(' ').at(-1) ?? path, summary]))}\n`,
    'Examples:',
    commands.map(({ examples: [first] }) => exampleText(first)).join('\n'),
    `\n'batchpoint ${name} <command> --help' shows the options of a command.\n`,
  ].join('\n');
}

/** The help of the command line as a whole. */
export async function rootHelp(version: string): Promise<string> {
  const single = await Promise.all(Object.values(singleCommands).map(loadCommand));
  return [
    `Batchpoint ${version}: open batch scoring endpoints.\n`,
    'Usage: batchpoint [ml] <group> <command> [options]\n',
    'Groups:',
    `${columns(Object.entries(groups).map(([name, { summary }]) => [name, summary]))}\n`,
    'Commands:',
    `${columns(single.map(({ path, summary }) => [path, summary]))}\n`,
    'Examples:',
    rootExamples.map(exampleText).join('\n'),
    '\nEnvironment variables:',
    `${columns(environmentVariables)}\n`,
    'Exit codes:',
    `${columns(exitCodeMeanings.map(([code, meaning]) => [String(code), meaning]))}\n`,
    "'batchpoint <group> --help' shows the commands of a group, 'batchpoint <group> <command> --help' the",
    'options of a command.\n',
  ].join('\n');
}

/** The environment variables that the command line itself reads. */
export const environmentVariables: readonly (readonly [name: string, meaning: string])[] = [
  ['BATCHPOINT_STATE', 'The state folder; .batchpoint of the current folder where it is not set.'],
  ['BATCHPOINT_HOST', 'The URL of a host to use. None is started then.'],
  [
    'BATCHPOINT_IDLE_SECONDS',
    'Seconds without work after which a host that was started ends; 60 where it is not set.',
  ],
];

const rootExamples: readonly Example[] = [
  ['Create an endpoint with its deployments', 'endpoint create --type batch --file endpoint.yml'],
  ['Score a folder', 'endpoint invoke --type batch --name my-endpoint --input-local-path ./images'],
  ['Follow a job to its end', 'job stream --name <job>'],
  ['Get its predictions', 'job download --name <job>'],
];

const exitCodeText =
  '\nExit codes: 0 done, 1 failed, 2 wrong usage or invalid file, 3 not found, 4 no host, 130 interrupted.\n';

function exampleText([purpose, line]: Example): string {
  return `  ${purpose}:\n    batchpoint ${line.replaceAll('\n', '\n    ')}`;
}

function columns(rows: readonly (readonly [string, string])[]): string {
  const widest = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `  ${name.padEnd(widest)}  ${text}`).join('\n');
}
