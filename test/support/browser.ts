import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';

const load = createRequire(__filename);

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The chromium of this machine: that of `CHROMIUM`, or one on the path. */
function findChromium(): string | undefined {
  const named = process.env['CHROMIUM'];
  if (named !== undefined && named !== '') return named;
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    try {
      return execFileSync('which', [name], { encoding: 'utf8' }).trim();
    } catch {
      // Another name, or none.
    }
  }
  return undefined;
}

/**
 * `describe` where there is a browser. Where there is none, the tests are left out and it is said why; in CI its
 * absence is a failure.
 */
export function describeInBrowser(name: string, tests: () => void): void {
  const reason =
    'There is no chromium on the path. Install it (Debian: apt-get install chromium), or name it in CHROMIUM.';
  if (findChromium() !== undefined) describe(name, tests);
  else if (process.env['CI']) test(name, () => Promise.reject(new Error(reason)));
  else {
    process.stderr.write(`${name}: left out. ${reason}\n`);
    describe.skip(name, tests);
  }
}

/** Runs a script of `inPage` in a page, and gives what it returns. */
export async function runInPage<Result>(page: Page, script: 'layout' | 'focused'): Promise<Result> {
  return page.evaluate(load(`./inPage/${script}`) as () => Result);
}

/** A browser with a profile of its own, that notes what goes wrong on its pages and where they send requests. */
export class Browser {
  /** What pages wrote to the console as errors or warnings, and what their scripts threw. */
  readonly complaints: string[] = [];
  /** The origins of all requests. */
  readonly origins = new Set<string>();

  private constructor(
    private readonly context: BrowserContext,
    private readonly profile: string,
  ) {}

  static async open(options: BrowserContextOptions = {}): Promise<Browser> {
    const profile = mkdtempSync(join(tmpdir(), 'batchpoint-browser-'));
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: findChromium() ?? 'chromium',
      args: flags,
      ...options,
    });
    return new Browser(context, profile);
  }

  async page(url: string): Promise<Page> {
    const page = await this.context.newPage();
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('dialog', (dialog) => {
      this.complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => this.origins.add(new URL(request.url()).origin));
    await page.goto(url);
    return page;
  }

  async close(): Promise<void> {
    await this.context.close();
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
