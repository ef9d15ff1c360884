import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { useApi, workspacePath, type ApiAnswer } from '../../support/api';
import { FileServer } from '../../support/fileServer';
import { Gate } from '../../support/gatedScript';

/** Every secret of these tests holds this, in whatever form it has. */
const mark = 'M4rked';

/** Secrets as they really look. */
const secrets = {
  accountKey: `${mark}AccountKey`.padEnd(86, '0') + '==',
  sasToken: `sv=2024-11-04&ss=b&srt=co&sp=rl&se=2099-01-01&sig=${mark}Sas%2B%2F%3D`,
  query: `sv=2024-11-04&sp=r&sig=${mark}Query%3D`,
  connectionString: `DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=${mark}Host`,
} as const;

// The storage is local all the same, and the connection string only lies in the environment of the host.
const api = useApi({ AzureWebJobsStorage: secrets.connectionString, BATCHPOINT_STORAGE: 'local' });
let server: FileServer;
const answers: ApiAnswer<unknown>[] = [];

const send = async <Body = unknown>(
  method: string,
  path: string,
  body?: unknown,
): Promise<ApiAnswer<Body>> => {
  const answer = await api.send<Body>(method, path, body === undefined ? {} : { body });
  answers.push(answer);
  return answer;
};

beforeAll(async () => {
  server = await FileServer.start();
  server.put('good.txt', 'good');
  // A service that tells in its answer what it was asked with, as Azure's does of signatures that do not fit.
  server.intercept((request, response) => {
    if (request.url?.startsWith('/acme') !== true) return false;
    const { authorization = '' } = request.headers;
    const told = `The MAC signature found in the HTTP request '${authorization}' for ${request.url} is not right.`;
    response.writeHead(403, { 'content-type': 'application/xml', 'x-ms-error-code': 'AuthenticationFailed' });
    response.end(`<Error><Code>AuthenticationFailed</Code><Message>${told}</Message></Error>`);
    return true;
  });
});
afterAll(() => server.stop());

/** What all processes of this machine show of their command lines. */
function commandLines(): string[] {
  return processes().map((pid) => readProcess(pid, 'cmdline'));
}

function processes(): string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
}

/** Processes come and go. */
function readProcess(pid: string, file: string): string {
  try {
    return readFileSync(join('/proc', pid, file), 'utf8');
  } catch {
    return '';
  }
}

/** The processes that a process has started, and those of them. */
function descendantsOf(pid: number): string[] {
  const children = processes().filter(
    (one) => readProcess(one, 'stat').split(') ')[1]?.split(' ')[1] === String(pid),
  );
  return children.flatMap((child) => [child, ...descendantsOf(Number(child))]);
}

const blob = (more: object): object => ({
  properties: {
    datastoreType: 'AzureBlob',
    accountName: 'acme',
    containerName: 'inputs',
    endpoint: `${server.url}/acme`,
    ...more,
  },
});

describe('A secret that a caller sends is not told', () => {
  test.each<[string, () => object]>([
    [
      'with an account key',
      () => blob({ credentials: { credentialsType: 'AccountKey', secrets: { key: secrets.accountKey } } }),
    ],
    [
      'with a signature',
      () => blob({ credentials: { credentialsType: 'Sas', secrets: { sasToken: secrets.sasToken } } }),
    ],
  ])('by a datastore %s, nor by a job that it refuses', async (_what, body) => {
    const name = `store${answers.length}`;
    expect((await send('PUT', `/datastores/${name}`, body())).status).toBe(201);
    await send('GET', `/datastores/${name}`);
    await send('GET', '/datastores');
    await api.host.endpoint('reading', 'def run(mini_batch):\n    return mini_batch\n');
    const path = `azureml://datastores/${name}/paths/folder`;
    const { status, body: refused } = await send<object>('POST', '/batchEndpoints/reading/jobs', {
      properties: { dataset: { dataInputType: 'DataUrl', path } },
    });
    expect(status).toBeGreaterThanOrEqual(400);
    // The answer of the service is told, so that its signature would have been.
    expect(JSON.stringify(refused)).toContain('AuthenticationFailed');
  });

  test.each<[string, object]>([
    ['a key where a mapping belongs', { credentials: secrets.accountKey }],
    ['a key of another shape', { credentials: { secrets: { key: [`${mark}List`] } } }],
    [
      'a number beside it',
      { credentials: { credentialsType: 7, secrets: { sasToken: { sig: `${mark}Sig` } } } },
    ],
    ['a word that is no key', { credentials: { secrets: { key: `${mark} is no base64` } } }],
    ['an unknown key', { credentials: { secrets: { accountkey2: `${mark}Unknown` } } }],
    ['a connection string', { connectionString: secrets.connectionString }],
  ])('by the error of a datastore with %s', async (_what, more) => {
    await send('PUT', '/datastores/wrong', blob(more));
    await send('GET', '/datastores/wrong');
  });

  test('by a datastore of which the URL has a signature', async () => {
    await send('PUT', '/datastores/signed', blob({ endpoint: `${server.url}/acme?${secrets.query}` }));
    await send('GET', '/datastores/signed');
  });

  test('by an Authorization header of any kind', async () => {
    for (const authorization of [`Bearer ${mark}Bearer`, `Basic ${mark}Basic0123456789`, `${mark}Scheme`]) {
      const answer = await api.send('GET', '/models', { token: null, headers: { authorization } });
      answers.push(answer);
      expect(answer.status).toBe(401);
    }
  });

  test('by a path or a query that is not understood', async () => {
    for (const path of [
      `/jobs?$skip=x?sig=${mark}Skip`,
      `/nothing/sig=${mark}Path`,
      `/jobs?$top=sig=${mark}Top`,
    ])
      await send('GET', path);
  });
});

describe('A job with secrets in its input', () => {
  test('shows none of them in the processes, in its environment, in its answers and files', async () => {
    const gate = new Gate(api.host);
    await gate.endpoint('gated');
    const path = `${server.url}/account/container/good.txt?${secrets.query}`;
    const { status, body: job } = await send<{ name: string }>('POST', '/batchEndpoints/gated/jobs', {
      properties: { dataset: { dataInputType: 'DataUrl', path } },
    });
    expect(status).toBe(201);
    const scorers = (): string[] =>
      descendantsOf(api.host.pid).filter((pid) => readProcess(pid, 'cmdline').includes('worker.py'));
    while (scorers().length === 0) await send('GET', `/jobs/${job.name}`);
    expect(readProcess(String(api.host.pid), 'environ')).toContain(mark);
    for (const pid of descendantsOf(api.host.pid)) expect(readProcess(pid, 'environ')).not.toContain(mark);
    expect(commandLines().filter((line) => line.includes(mark))).toEqual([]);
    gate.open();
    expect((await api.host.finished(job.name)).properties.status).toBe('Completed');
    expect(server.requests.some((request) => request.includes(secrets.query))).toBe(true);
    await readAll(job.name);
  });

  test('shows none that its script raises', async () => {
    const text = `the service at https://acme.example/in?${secrets.query} does not answer`;
    const script = `import os\ndef run(mini_batch):\n    raise ValueError(${JSON.stringify(text)})\n`;
    await api.host.endpoint('raising', script, { errorThreshold: -1, retrySettings: { maxRetries: 1 } });
    const input = api.host.inputs(2);
    const { name } = await api.host.invoke('raising', input);
    const { properties } = await api.host.finished(name);
    expect(properties.failures?.[0]).toMatchObject({ code: 'RunRaised' });
    await readAll(name, /^logs\/user\/(stdout|stderr)/);
  });

  test('shows none that it warns of', async () => {
    const image = `https://user:${mark}@registry.example/image`;
    await api.host.ask('PUT', '/environments/private/versions/1', { properties: { image } });
    const script = 'def run(mini_batch):\n    return mini_batch\n';
    await api.host.endpoint('warning', script, { environmentId: 'azureml:private:1' });
    const { name } = await api.host.invoke('warning', api.host.inputs(1));
    await api.host.finished(name);
    await readAll(name);
    const { status, body } = await send('GET', `//history/v1.0${workspacePath}/runs/${name}/details`);
    expect(status).toBe(200);
    expect(JSON.stringify(body)).toContain('registry.example');
    const page = new URL((await api.host.job(name)).properties.interactionEndpoints.Studio?.endpoint ?? '');
    const shown = await send('GET', `/${page.pathname}${page.search}`);
    expect(shown.body).toContain('registry.example');
  });

  test('shows none that it is not able to read', async () => {
    const path = `${server.url}/account/container/missing.txt?${secrets.query}`;
    await send('POST', '/batchEndpoints/gated/jobs', {
      properties: { dataset: { dataInputType: 'DataUrl', path } },
    });
    await send('POST', '/batchEndpoints/gated/jobs', {
      properties: { dataset: { dataInputType: 'DataUrl', path: `https://user:${mark}@example.com/x` } },
    });
    await send('POST', '/batchEndpoints/gated/jobs', { properties: { dataset: path } });
  });

  /** Reads all that is to be read of a job, but for what its script has printed. */
  async function readAll(job: string, except = /^$/): Promise<void> {
    await send('GET', `/jobs/${job}`);
    await send('GET', `/jobs/${job}/events`);
    const { body } = await send<{ value: { name: string }[] }>('GET', `/jobs/${job}/files`);
    expect(body.value.length).toBeGreaterThan(3);
    for (const { name } of body.value.filter((file) => !except.test(file.name)))
      await send('GET', `/jobs/${job}/files/${name}`);
  }
});

test('no answer, no log and no command line has had a secret in it', async () => {
  expect(answers.length).toBeGreaterThan(40);
  expect(answers.filter((answer) => JSON.stringify(answer).includes(mark))).toEqual([]);
  expect(answers.map(({ status }) => status).filter((status) => status >= 500 && status !== 502)).toEqual([]);
  expect(api.host.log).toContain('Serving');
  expect(api.host.log).not.toContain(mark);
  expect(readFileSync(join(api.host.state, 'host-info.json'), 'utf8')).not.toContain(mark);
  expect(commandLines().filter((line) => line.includes(mark))).toEqual([]);
  const token = await api.host.token();
  expect(api.host.log).not.toContain(token.split('.')[0]);
});
