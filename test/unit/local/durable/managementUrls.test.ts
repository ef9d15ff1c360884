import { clientBinding, clientPath, instanceUrls } from '../../../../local/durable/client/managementUrls';

const access = { hubName: 'Hub', key: 'secret' };

describe('The addresses of the API', () => {
  test('carry the key, and escape the id', () => {
    expect(instanceUrls('http://h', "a b@'", access).statusQueryGetUri).toBe(
      'http://h/runtime/webhooks/durabletask/instances/a+b%40%27?taskHub=Hub&connection=Storage&code=secret',
    );
  });

  test('are those that a client binding needs', () => {
    const binding = JSON.parse(clientBinding('http://h', access)) as Record<string, unknown>;
    expect(binding).toMatchObject({ taskHubName: 'Hub', rpcBaseUrl: `http://h${clientPath('secret')}/` });
    expect(Object.keys(binding.managementUrls as object)).toContain('rewindPostUri');
  });
});
