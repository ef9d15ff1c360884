import type { Page } from 'playwright-core';
import { useApi } from '../support/api';
import { Browser, describeInBrowser } from '../support/browser';
import { echoScript } from '../support/workspace';

describeInBrowser('A link that opens nothing', () => {
  const { host } = useApi();
  let browser: Browser;
  let link: URL;
  let other: URL;

  beforeAll(async () => {
    browser = await Browser.open();
    await host.endpoint('digits', echoScript);
    const links = [];
    for (let i = 0; i < 2; i++) {
      const { properties } = await host.invoke('digits', host.inputs(1));
      links.push(new URL(properties.interactionEndpoints.Studio.endpoint));
    }
    [link = new URL(host.url), other = new URL(host.url)] = links;
  });
  afterAll(() => browser.close());

  const withToken = (token: string | null): string => {
    const url = new URL(link);
    url.searchParams.delete('token');
    if (token !== null) url.searchParams.set('token', token);
    return url.href;
  };

  async function saysWhatToDo(page: Page, why: string): Promise<void> {
    await page.getByRole('heading', { name: 'This page does not open' }).waitFor();
    const text = await page.locator('main').textContent();
    expect(text).toContain(why);
    expect(text).toContain("Get a new one with 'batchpoint job show --web -n <job>'.");
  }

  test.each([
    ['without a token', () => withToken(null), 'it has no token'],
    ['with an empty token', () => withToken(''), 'it has no token'],
    ['with a broken token', () => withToken('abc'), 'its token is not whole'],
    [
      'with the token of another job',
      () => withToken(other.searchParams.get('token')),
      'it is for another job',
    ],
    [
      'to a file without a token',
      () => withToken(null).replace('?', '/files/logs/job_result.txt?'),
      'it has no token',
    ],
  ])('%s says what to do', async (_how, url, why) => {
    await saysWhatToDo(await browser.page(url()), why);
  });

  test('to a file that is not there says so on a page', async () => {
    const url = new URL(link);
    url.pathname += '/files/logs/none.txt';
    const page = await browser.page(url.href);
    expect(await page.locator('main').textContent()).toContain("has no file 'logs/none.txt'");
  });

  test('complains of nothing but the status of its answer', () => {
    for (const complaint of browser.complaints)
      expect(complaint).toMatch(/responded with a status of 40[14]/);
  });
});

describeInBrowser('A page whose host cannot be reached', () => {
  const { host } = useApi();

  test('says that it is not the newest state, and goes on when it can', async () => {
    const browser = await Browser.open();
    try {
      await host.endpoint(
        'slow',
        'import time\ndef run(mini_batch):\n    time.sleep(600)\n    return mini_batch\n',
      );
      const { name, properties } = await host.invoke('slow', host.inputs(1));
      const page = await browser.page(properties.interactionEndpoints.Studio.endpoint);
      await page.getByRole('status').getByText('Running').waitFor();
      await page.context().setOffline(true);
      await page.getByRole('alert').getByText('The host does not answer').waitFor();
      await host.ask('POST', `/jobs/${name}/cancel`);
      await page.context().setOffline(false);
      await page.getByRole('status').getByText('Canceled').waitFor();
      await page.locator('#connection').waitFor({ state: 'hidden' });
      await page.getByText(/^Cancelled by .* after .*\. 0 of 1 file scored\.$/).waitFor();
    } finally {
      await browser.close();
    }
  });
});
