import { output, type Register, useInProcessHost } from '../../../support/hostInProcess';

const register: Register = (df) => {
  df.app.entity('counter', () => undefined);
  df.app.activity('fine', { handler: () => 'fine' });
  df.app.orchestration('entityCall', function* (context) {
    yield context.df.callEntity(new df.EntityId('counter', 'k'), 'add', 1);
  });
  df.app.orchestration('entitySignal', function* (context) {
    context.df.signalEntity(new df.EntityId('counter', 'k'), 'add', 1);
    yield context.df.callActivity('fine', {});
  });
  df.app.orchestration('http', function* (context) {
    yield context.df.callHttp({ method: 'GET', url: 'http://127.0.0.1/' });
  });
  df.app.orchestration('unknownActivity', function* (context) {
    try {
      yield context.df.callActivity('nobody', {});
    } catch (error) {
      return (error as Error).message;
    }
    return 'it ran';
  });
  df.app.orchestration('unknownChild', function* (context) {
    yield context.df.callSubOrchestrator('nobody', {});
  });
  df.app.orchestration('caseless', function* (context) {
    const result: unknown = yield context.df.callActivity('FINE', {});
    return result;
  });
};

describe('What the host cannot do', () => {
  const host = useInProcessHost(register);

  test.each([
    ['entityCall', 'does not support durable entities (callEntity)'],
    ['entitySignal', 'does not support durable entities (signalEntity)'],
    ['http', 'does not support durable HTTP calls (callHttp)'],
  ])('fails the orchestration at once and is named: %s', async (name, text) => {
    const ended = await host().run(name);
    expect(ended.status).toBe('Failed');
    expect(output(ended)).toContain(`Orchestrator function '${name}' failed: `);
    expect(output(ended)).toContain(text);
  });

  test('an activity that is not registered fails where it is called', async () => {
    const ended = await host().run('unknownActivity');
    expect(ended.status).toBe('Completed');
    expect(output(ended)).toContain("Activity function 'nobody' failed: The function 'nobody' doesn't exist");
    expect(output(ended)).toContain("the known activity functions: 'fine'");
  });

  test('an orchestrator that is not registered fails, and the one that called it', async () => {
    expect((await host().run('nobody')).status).toBe('Failed');
    const ended = await host().run('unknownChild');
    expect(output(ended)).toContain(
      "Orchestrator function 'nobody' failed: The function 'nobody' doesn't exist",
    );
  });

  test('names of functions are found in any case', async () => {
    expect(output(await host().run('caseless'))).toBe('fine');
  });
});
