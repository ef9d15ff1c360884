import { readFileSync } from 'node:fs';
import type { Download, Page } from 'playwright-core';
import { useApi } from '../support/api';
import { Browser, describeInBrowser } from '../support/browser';

describeInBrowser('The files on the page of a job', () => {
  const { host } = useApi();
  let browser: Browser;
  let page: Page;
  let job: string;

  beforeAll(async () => {
    browser = await Browser.open({ acceptDownloads: true });
    const script = `import os
def run(mini_batch):
    print("<img src=x onerror=alert(1)>")
    return [os.path.basename(path) + "," + "x" * 6_000_000 for path in mini_batch]
`;
    await host.endpoint('large', script);
    job = (await host.invoke('large', host.inputs(3))).name;
    const { properties } = await host.finished(job);
    page = await browser.page(properties.interactionEndpoints.Studio.endpoint);
  });
  afterAll(() => browser.close());

  async function download(name: string): Promise<Download> {
    const coming = page.waitForEvent('download');
    await page
      .locator('#files')
      .getByRole('link', { name: `Download ${name}` })
      .click();
    return coming;
  }

  async function content(name: string): Promise<Buffer> {
    const file = await download(name);
    expect(file.suggestedFilename()).toBe(name.split('/').at(-1));
    return readFileSync(await file.path());
  }

  test('are downloaded as they are', async () => {
    const name = 'logs/job_result.txt';
    expect((await content(name)).toString()).toBe(await host.file(job, name));
  });

  test('are whole where one answer cannot carry them', async () => {
    const bytes = await content('named-outputs/score/predictions.csv');
    const rows = bytes.toString().trimEnd().split('\n');
    expect(bytes.length).toBeGreaterThan(18_000_000);
    expect(rows.map((row) => [row.slice(0, 12), row.length])).toEqual(
      ['f000000.txt,', 'f000001.txt,', 'f000002.txt,'].map((begin) => [begin, 6_000_012]),
    );
    await page.locator('#connection').waitFor({ state: 'hidden' });
  });

  test('are read as text, whatever is in them, and the way back leads to the page', async () => {
    await page
      .getByRole('link', { name: /stdout\.txt$/ })
      .filter({ hasNotText: 'Download' })
      .click();
    await page.waitForURL(/stdout\.txt\?token=/);
    expect(await page.locator('body').textContent()).toContain('<img src=x onerror=alert(1)>');
    expect(await page.locator('img').count()).toBe(0);
    await page.goBack();
    await page.getByRole('heading', { name: job }).waitFor();
  });

  test('say where they are cut, and how to get all of them', async () => {
    await page.locator('#output').getByRole('link', { name: 'View predictions.csv' }).click();
    await page.waitForURL(/predictions\.csv\?token=/);
    const text = (await page.locator('body').textContent()) ?? '';
    expect(text).toContain(
      `[... the first 8388608 of 18000039 bytes; 'batchpoint job download -n ${job} --all'`,
    );
    await page.goBack();
  });

  test('go to no other place, and make nobody complain', () => {
    expect([...browser.origins].filter((origin) => origin !== 'null')).toEqual([host.url]);
    expect(browser.complaints).toEqual([]);
  });
});
