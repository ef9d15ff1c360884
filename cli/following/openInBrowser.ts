import { spawn } from 'node:child_process';
import type { Terminal } from '../output/terminal';

/** Tells the URL of a page, and opens it where this machine has a desktop. */
export function openInBrowser(
  url: string,
  { terminal, environment }: { readonly terminal: Terminal; readonly environment: NodeJS.ProcessEnv },
): void {
  terminal.note(`Page of the job: ${url}`);
  const opener = openerOf(process.platform, environment);
  if (opener === undefined) return;
  const [program, ...args] = opener;
  const child = spawn(program, [...args, url], { detached: true, stdio: 'ignore' });
  // The URL has been told: a desktop without a browser is no reason to fail.
  child.on('error', (error) => terminal.debug(`${program}: ${error.message}`));
  child.unref();
}

/** The program that opens a URL, or `undefined` where nobody could see it. */
export function openerOf(
  platform: NodeJS.Platform,
  environment: NodeJS.ProcessEnv,
): readonly [program: string, ...args: string[]] | undefined {
  if (environment['CI']) return undefined;
  if (platform === 'darwin') return ['open'];
  // Not cmd, which would read the characters of a URL as its own.
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  const hasDesktop = environment['DISPLAY'] || environment['WAYLAND_DISPLAY'];
  return hasDesktop ? ['xdg-open'] : undefined;
}
