import type { Locator, Page } from 'playwright-core';
import { useApi } from '../support/api';
import { Browser, describeInBrowser } from '../support/browser';
import { Gate } from '../support/gatedScript';

describeInBrowser('The page of a job that runs', () => {
  const { host } = useApi();
  const gate = new Gate(host);
  let browser: Browser;
  let page: Page;
  let job: string;

  beforeAll(async () => {
    browser = await Browser.open();
    await gate.endpoint('digits', { description: 'waits' });
    const { name, properties } = await host.invoke('digits', host.inputs(30));
    job = name;
    page = await browser.page(properties.interactionEndpoints.Studio.endpoint);
  });
  afterAll(() => browser.close());

  const status = (): Locator => page.getByRole('status');

  test('follows it to its end without being loaded again, and nobody loses their place', async () => {
    await page.evaluate('window.loadedOnce = true');
    await status().getByText('Running').waitFor();
    await page.getByText(/^0 of 30 mini-batches · 0 of 30 files · \d+ s so far$/).waitFor();
    expect(await page.locator('progress').getAttribute('value')).toBe('0');
    expect(await page.title()).toBe(`Running · ${job} · Batchpoint`);
    await page.getByText('Appears, whole, when everything is scored:').waitFor();
    await page.evaluate(`window.heading = document.querySelector('h1')`);

    gate.open();
    await status().getByText('Completed').waitFor();
    await page.getByText(/^30 of 30 files scored after \d+(\.\d\d)? s\.$/).waitFor();
    expect(await page.locator('progress').getAttribute('value')).toBe('100');
    expect(await page.title()).toBe(`Completed · ${job} · Batchpoint`);
    expect(await page.evaluate('window.loadedOnce')).toBe(true);
    expect(await page.evaluate('window.heading.isConnected')).toBe(true);
  });

  test('stops asking at the end', async () => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.clock.install();
    await page.clock.runFor(60_000);
    expect(asked).toEqual([]);
    expect(await page.locator('main').getAttribute('data-live')).toBe('no');
  });

  test('shows the figures that the API has', async () => {
    const { properties } = await host.job(job);
    const figures = page.locator('#figures');
    const value = (label: string): Promise<string | null> =>
      figures
        .locator('div', { has: page.getByText(label, { exact: true }) })
        .locator('dd')
        .textContent();
    const { miniBatches, miniBatchesDone, rows, tries } = properties.progress;
    expect(await value('Mini-batches')).toBe(`${miniBatchesDone} of ${miniBatches}`);
    expect([await value('Rows'), await value('Tries')]).toEqual([String(rows), String(tries)]);
    expect(await page.locator('#output .place').textContent()).toBe(properties.outputUri);
  });

  test('goes to no other place, and complains of nothing', () => {
    expect([...browser.origins].filter((origin) => origin !== 'null')).toEqual([host.url]);
    expect(browser.complaints).toEqual([]);
  });
});
