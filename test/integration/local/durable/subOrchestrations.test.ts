import { Effects } from '../../../../local/durable/engine/effects';
import { executionTerminated } from '../../../../local/durable/history/makeEvent';
import { output, type Register, useInProcessHost } from '../../../support/hostInProcess';

const register: Register = (df) => {
  df.app.orchestration('waits', function* (context) {
    const result: unknown = yield context.df.waitForExternalEvent('go');
    return result;
  });
  df.app.orchestration('parent', function* (context) {
    try {
      const result: unknown = yield context.df.callSubOrchestrator('waits', {}, 'child');
      return { result };
    } catch (error) {
      return { failure: (error as Error).message };
    }
  });
};

describe('A sub-orchestration', () => {
  const host = useInProcessHost(register);

  test('fails at once when its id is taken by an instance that runs', async () => {
    host().start('waits', {}, 'child');
    const ended = await host().run('parent');
    expect(output(ended)).toMatchObject({
      failure: expect.stringContaining('An Orchestration instance with the status') as string,
    });
    expect(host().store.instances.get('child')?.parent).toBeNull();
  });

  test('takes the place of an instance of its id that is over', async () => {
    host().start('waits', {}, 'child');
    host().raise('child', 'go', 'first');
    await host().ended('child');
    const parent = host().start('parent');
    await host().until(() => host().store.instances.get('child')?.parent ?? undefined);
    host().raise('child', 'go', 'second');
    expect(output(await host().ended(parent))).toEqual({ result: 'second' });
  });

  test('that is terminated fails for its parent', async () => {
    const parent = host().start('parent');
    await host().until(() => (host().store.instances.get('child')?.status === 'Running' ? true : undefined));
    const effects = new Effects();
    host().store.inbox.put('child', null, executionTerminated('enough of it', new Date().toISOString()));
    effects.ready.push('child');
    host().engine.apply(effects);
    expect(output(await host().ended(parent))).toMatchObject({
      failure: expect.stringContaining('enough of it') as string,
    });
  });

  test('goes on when its parent is terminated, and its result is for nobody', async () => {
    const parent = host().start('parent', {}, 'gone');
    await host().until(() => (host().store.instances.get('child')?.status === 'Running' ? true : undefined));
    const effects = new Effects();
    host().store.inbox.put(parent, null, executionTerminated('enough', new Date().toISOString()));
    effects.ready.push(parent);
    host().engine.apply(effects);
    expect((await host().ended(parent)).status).toBe('Terminated');
    host().raise('child', 'go', 'done');
    expect((await host().ended('child')).status).toBe('Completed');
    expect(host().store.inbox.instances()).toEqual([]);
  });
});
