import { exitCodeMeanings } from '../output/exitCodes';
import type { AnyCommand } from './command';
import { globalOptions } from './globalOptions';
import { environmentVariables } from './helpText';
import { groups, loadCommand, singleCommands } from './index';
import type { Options } from './options';

const introduction = `# Commands

The command line of Batchpoint has the grammar of \`az ml\`: \`batchpoint [ml] <group> <command> [options]\`, where a
leading \`ml\` is accepted and means nothing. Results go to standard output, in the format that \`--output\` names;
warnings and errors go to standard error. Every command speaks HTTP to the host, and starts one where none runs.

This page is made from the same definitions as \`--help\`, by \`node scripts/generateReferencePages.mjs\`.`;

/** The reference of all commands, as Markdown. */
export async function commandReference(): Promise<string> {
  const parts = [introduction, exitCodeSection(), environmentSection(), globalSection()];
  for (const [name, { summary, commands }] of Object.entries(groups)) {
    parts.push(`## ${name}\n\n${summary}`);
    for (const load of Object.values(commands)) parts.push(section(await loadCommand(load), '###'));
  }
  for (const load of Object.values(singleCommands)) parts.push(section(await loadCommand(load), '##'));
  return `${parts.join('\n\n')}\n`;
}

function section({ path, summary, details = [], options, examples }: AnyCommand, level: string): string {
  const lines = examples.flatMap(([purpose, line]) => [`# ${purpose}`, `batchpoint ${line}`, '']);
  return [
    `${level} ${path}`,
    summary,
    ...details.map(escaped),
    ...(Object.keys(options).length === 0 ? [] : [optionTable(options)]),
    `\`\`\`sh\n${lines.join('\n').trimEnd()}\n\`\`\``,
  ].join('\n\n');
}

function exitCodeSection(): string {
  return `## Exit codes\n\nScripts can rely on them.\n\n${tableOf(
    ['Code', 'Meaning'],
    exitCodeMeanings.map(([code, meaning]) => [String(code), meaning]),
  )}`;
}

function environmentSection(): string {
  const rows = environmentVariables.map(([name, meaning]) => [`\`${name}\``, meaning]);
  return `## Environment variables\n\n${tableOf(['Variable', 'Meaning'], rows)}`;
}

function globalSection(): string {
  return `## Options of every command\n\n${optionTable(globalOptions)}`;
}

function optionTable(options: Options): string {
  const rows = Object.values(options).map(({ flags, summary, choices, required }) => [
    `\`${flags}\``,
    [
      summary,
      ...(choices === undefined ? [] : [`One of ${choices.map((one) => `\`${one}\``).join(', ')}.`]),
      ...(required ? ['Required.'] : []),
    ].join(' '),
  ]);
  return tableOf(['Option', 'Meaning'], rows);
}

function tableOf(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Pipes would end a cell, and angle brackets outside of code would be tags. */
function escaped(cell: string): string {
  return cell
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replace(/</g, '\\<')))
    .join('')
    .replaceAll('|', '\\|');
}
