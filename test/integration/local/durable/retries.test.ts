import { output, type Register, useInProcessHost } from '../../../support/hostInProcess';

/** What an attempt is asked to do. */
interface Attempts {
  readonly key: string;
  readonly failures: number;
}

const register: Register = (df) => {
  const attempts = new Map<string, number>();
  df.app.activity('flaky', {
    handler: ({ key, failures }: Attempts) => {
      const attempt = (attempts.get(key) ?? 0) + 1;
      attempts.set(key, attempt);
      if (attempt <= failures) throw new Error(`attempt ${attempt} failed`);
      return attempt;
    },
  });
  df.app.orchestration('retried', function* (context) {
    const { attempts: most, ...input } = context.df.getInput<Attempts & { attempts: number }>();
    const options = new df.RetryOptions(1, most);
    options.backoffCoefficient = 2;
    options.maxRetryIntervalInMilliseconds = 3;
    const result: unknown = yield context.df.callActivityWithRetry('flaky', options, input);
    return result;
  });
  df.app.orchestration('child', function* (context) {
    const result: unknown = yield context.df.callActivity('flaky', context.df.getInput());
    return result;
  });
  df.app.orchestration('retriedChild', function* (context) {
    const result: unknown = yield context.df.callSubOrchestratorWithRetry(
      'child',
      new df.RetryOptions(1, 3),
      context.df.getInput(),
      `${context.df.instanceId}-child`,
    );
    return result;
  });
  df.app.orchestration('timedRetry', function* (context) {
    const options = new df.RetryOptions(1, 3);
    options.retryTimeoutInMilliseconds = 1000;
    yield context.df.callActivityWithRetry('flaky', options, { key: 'timed', failures: 0 });
  });
};

describe('A call with a retry policy', () => {
  const host = useInProcessHost(register);

  test('is tried until it succeeds', async () => {
    const ended = await host().run('retried', { key: 'a', failures: 2, attempts: 5 });
    expect(output(ended)).toBe(3);
  });

  test('is tried no more often than the policy says, and then fails with the last error', async () => {
    const ended = await host().run('retried', { key: 'b', failures: 99, attempts: 3 });
    expect(ended.status).toBe('Failed');
    expect(output(ended)).toContain('attempt 3 failed');
  });

  test('is tried once where the policy allows one attempt', async () => {
    const ended = await host().run('retried', { key: 'c', failures: 99, attempts: 1 });
    expect(output(ended)).toContain('attempt 1 failed');
  });

  test('may be a sub-orchestration, which runs under its own id again', async () => {
    const ended = await host().run('retriedChild', { key: 'd', failures: 2 }, 'parent');
    expect(output(ended)).toBe(3);
    expect(host().store.instances.get('parent-child')?.status).toBe('Completed');
  });

  test('fails at once with a limit of time, which the SDK would wait for in vain', async () => {
    const ended = await host().run('timedRetry');
    expect(output(ended)).toContain('does not support retryTimeoutInMilliseconds');
  });
});
