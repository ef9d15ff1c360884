import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Trace } from '../../../../local/invocation/trace';

test('A trace tells of an exchange without the secrets in its headers and bodies', () => {
  const folder = mkdtempSync(join(tmpdir(), 'batchpoint-trace-'));
  try {
    const trace = new Trace(join(folder, 'trace'));
    const body = JSON.stringify({
      properties: { credentials: { secrets: { sasToken: 'sv=1&sig=M4rked' } } },
    });
    trace.clientExchange({
      request: { method: 'POST', path: '/in?code=M4rked', body },
      response: { status: 200, headers: { authorization: 'Bearer M4rked' }, body: '{"accountKey":"M4rked"}' },
    });
    trace.close();
    const text = readFileSync(join(folder, 'trace'), 'utf8');
    expect(JSON.parse(text)).toMatchObject({ kind: 'durableClient', request: { method: 'POST' } });
    expect(text).not.toContain('M4rked');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
