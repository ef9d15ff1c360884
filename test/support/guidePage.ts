import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot, type CommandLine } from './commandLine';
import { runInShell } from './shellScript';

/** What a section of a page asks its reader to do: write a file, or run commands, which may have to print something. */
export type GuideStep =
  | { readonly kind: 'file'; readonly path: string; readonly content: string }
  | { readonly kind: 'run'; readonly script: string; readonly printed?: string };

/**
 * The steps of a section, which begins with `## <title>`, or of a whole page. A file is a line such as "`code/score.py`:", alone or with
 * words in front, and the fenced block behind it; a block of `sh` is run; a block of `text` behind it is what it prints.
 */
export function guideSteps(page: string, title?: string): GuideStep[] {
  const text = readFileSync(join(packageRoot, page), 'utf8');
  const section = title === undefined ? text : text.split(`\n## ${title}\n`)[1];
  if (section === undefined) throw new Error(`${page} has no section '${title ?? ''}'`);
  const own = section.split(/^## /m, 1)[0] ?? '';
  const steps: GuideStep[] = [];
  for (const [, before = '', language, content = ''] of own.matchAll(/([^\n]*)\n+```(\w+)\n(.*?)^```$/gms)) {
    const path = /`([^`]+)`[^`]*:$/.exec(before)?.[1];
    const last = steps.at(-1);
    if (language === 'sh') steps.push({ kind: 'run', script: content });
    else if (language === 'text' && last?.kind === 'run')
      steps[steps.length - 1] = { ...last, printed: content };
    else if (path !== undefined) steps.push({ kind: 'file', path, content });
    else
      throw new Error(
        `${page}, '${title ?? ''}': a block of ${language ?? ''} is neither a file nor commands`,
      );
  }
  return steps;
}

/** Does what a section says, in the folder of a command line, and holds what is printed against the page. */
export async function follow(
  cli: CommandLine,
  steps: readonly GuideStep[],
  environment: NodeJS.ProcessEnv = {},
): Promise<void> {
  for (const step of steps) {
    if (step.kind === 'file') {
      cli.file(step.path, step.content);
      continue;
    }
    const lines = step.script.replaceAll('npx batchpoint', 'batchpoint');
    const { code, stdout, stderr } = await runInShell(cli, lines, environment);
    expect({ script: step.script, code, stderr: code === 0 ? '' : stderr }).toEqual({
      script: step.script,
      code: 0,
      stderr: '',
    });
    if (step.printed !== undefined) expect(stdout).toMatch(patternOf(step.printed));
  }
}

/** What was printed, where `...` stands for anything. */
function patternOf(printed: string): RegExp {
  const parts = printed.trimEnd().split('...');
  const escaped = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('[^]*?')}\\n?$`);
}
