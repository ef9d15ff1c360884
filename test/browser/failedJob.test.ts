import type { Page } from 'playwright-core';
import { useApi } from '../support/api';
import { Browser, describeInBrowser, runInPage } from '../support/browser';

const markup = '<script>alert(1)<!--';

/** What `layout` measures. */
interface Layout {
  readonly read: number;
  readonly width: number;
  readonly wider: readonly string[];
  readonly faint: readonly string[];
}

describeInBrowser('The page of a job that failed', () => {
  const { host } = useApi();
  let browser: Browser;
  let page: Page;
  let url: string;

  beforeAll(async () => {
    browser = await Browser.open();
    const script = `def load(path):
    raise ValueError("<script>alert(1)</script><b onclick='x'> in " + path)
def run(mini_batch):
    return [load(path) for path in mini_batch]
`;
    await host.endpoint('failing', script, {
      miniBatchSize: 2,
      retrySettings: { maxRetries: 2, timeout: 'PT30S' },
    });
    for (const name of [`${markup}.txt`, '"&quot;\'.txt', 'c.txt']) host.write(`odd/${name}`, 'x');
    const { name } = await host.invoke('failing', `${host.folder}/odd`);
    url = (await host.finished(name)).properties.interactionEndpoints.Studio.endpoint;
    page = await browser.page(url);
  });
  afterAll(() => browser.close());

  test('says why, and in which mini-batch, with its files, and shows the end of the traceback', async () => {
    expect(await page.getByRole('status').textContent()).toBe('Failed');
    const why = page.locator('#error');
    expect(await why.textContent()).toContain('Not one of 3 files was scored with success.');
    expect(await why.locator('.code').textContent()).toBe('NoSucceededItem');
    const failures = page.locator('#failures details');
    expect(await failures.locator('summary').allTextContents()).toEqual([
      expect.stringMatching(/Mini-batch 0\s+RunRaised · ValueError · 2 tries/),
      expect.stringMatching(/Mini-batch 1\s+RunRaised · ValueError · 2 tries/),
    ]);
    const first = failures.first();
    expect(await first.locator('pre').textContent()).toMatch(
      /^\n?Traceback .*\n[^]*ValueError: .* in .*\.txt$/,
    );
    expect(await first.locator('pre').isVisible()).toBe(true);
    expect(await failures.last().locator('pre').isVisible()).toBe(false);
    await failures.last().locator('summary').click();
    expect(await failures.last().locator('pre').isVisible()).toBe(true);
    expect(await page.locator('#output').textContent()).toContain(
      'Nothing was written to the place of the output.',
    );
  });

  test('shows names and messages as text, whatever is in them', async () => {
    expect((await page.locator('#failures li').allTextContents()).sort()).toEqual(
      ['"&quot;\'.txt', `${markup}.txt`, 'c.txt'].sort(),
    );
    const messages = await page.locator('#failures .message').allTextContents();
    for (const message of messages) expect(message).toContain("<script>alert(1)</script><b onclick='x'>");
    expect(await page.locator('main b, main script, main img').count()).toBe(0);
  });

  test('leads to the list of all files that failed', async () => {
    await page.locator('#failures').getByRole('link', { name: 'failed_files.csv' }).click();
    await page.waitForURL(/failed_files\.csv/);
    expect(await page.locator('body').textContent()).toContain(
      'file,mini_batch,code,exception,tries,message',
    );
    await page.goBack();
  });

  test('can be used from the keyboard alone', async () => {
    await page.goto(url);
    const reached: string[] = [];
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press('Tab');
      const { name, outline } = await runInPage<{ name: string; outline: string }>(page, 'focused');
      if (name === '') break;
      expect([name, outline]).toEqual([name, 'solid']);
      reached.push(name);
    }
    expect(reached).toEqual(
      expect.arrayContaining([
        'End of the traceback of mini-batch 0',
        expect.stringMatching(/^Mini-batch 1/),
        'logs/job_error.txt',
        'Download logs/job_error.txt',
      ]),
    );
    await page.locator('summary').last().focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('#failures pre').last().isVisible()).toBe(true);
  });

  test.each([360, 800])(
    'fits %d pixels, in light and in dark, with a contrast that can be read',
    async (width) => {
      await page.setViewportSize({ width, height: 740 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.goto(url);
        const seen = await runInPage<Layout>(page, 'layout');
        expect(seen.read).toBeGreaterThan(30);
        expect(seen.width).toBeLessThanOrEqual(width);
        expect(seen.wider).toEqual([]);
        expect(seen.faint).toEqual([]);
      }
    },
  );

  test('makes nobody complain', () => {
    expect(browser.complaints).toEqual([]);
  });
});
