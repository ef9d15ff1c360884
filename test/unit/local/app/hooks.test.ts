import { Disposable } from '../../../../local/app/disposable';
import { Hooks } from '../../../../local/app/hooks';

describe('Hooks', () => {
  test('run one after the other and may change what they are given', async () => {
    const hooks = new Hooks();
    hooks.add('preInvocation', async (context) => {
      await Promise.resolve();
      context.inputs = [...(context.inputs as string[]), 'first'];
    });
    hooks.add('preInvocation', (context) => {
      context.inputs = [...(context.inputs as string[]), 'second'];
    });
    const context = await hooks.run('preInvocation', { inputs: ['given'] });
    expect(context.inputs).toEqual(['given', 'first', 'second']);
  });

  test('share data over the life of the app, and within one moment', () => {
    const hooks = new Hooks();
    const seen: unknown[] = [];
    hooks.add('log', (context) => seen.push(context.appHookData, context.hookData));
    hooks.runNow('log', {});
    hooks.runNow('log', {});
    expect(seen[0]).toBe(seen[2]);
    expect(seen[1]).not.toBe(seen[3]);
  });

  test('run no more when they were taken back', async () => {
    const hooks = new Hooks();
    const callback = jest.fn();
    hooks.add('appStart', callback).dispose();
    await hooks.run('appStart', {});
    expect(callback).not.toHaveBeenCalled();
    expect(hooks.has('appStart')).toBe(false);
  });

  test('are taken back once, and several together', () => {
    const undo = jest.fn();
    const all = Disposable.from(new Disposable(undo), new Disposable(undo));
    all.dispose();
    all.dispose();
    expect(undo).toHaveBeenCalledTimes(2);
  });
});
