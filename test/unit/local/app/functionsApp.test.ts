import { FunctionsApp } from '../../../../local/app/functionsApp';
import type { FunctionMetadata } from '../../../../local/app/programmingModel';
import { requireSupportedBindings } from '../../../../local/app/supportedBindings';

function aFunction(
  name: string,
  type = 'httpTrigger',
  more: FunctionMetadata['bindings'] = {},
): FunctionMetadata {
  return { name, bindings: { trigger: { type, direction: 'in' }, ...more } };
}

const noop = (): undefined => undefined;

describe('An app', () => {
  test('finds its functions by name and trigger, in any case', () => {
    const app = new FunctionsApp();
    app.register(aFunction('One', 'activityTrigger'), noop);
    expect(app.find('ONE', 'ActivityTrigger')?.name).toBe('One');
    expect(app.find('one', 'httpTrigger')).toBeUndefined();
    expect(app.ofTrigger('activitytrigger')).toHaveLength(1);
  });

  test('has no two functions of one name', () => {
    const app = new FunctionsApp();
    app.register(aFunction('one'), noop);
    expect(() => app.register(aFunction('ONE', 'activityTrigger'), noop)).toThrow(
      "Two functions of the app are named 'ONE'",
    );
  });

  test('takes no function once it is loaded', () => {
    const app = new FunctionsApp();
    app.seal();
    expect(() => app.register(aFunction('late'), noop)).toThrow(
      "The function 'late' was registered after the app had started",
    );
  });

  test('has no function without a trigger', () => {
    const app = new FunctionsApp();
    expect(() => app.register({ name: 'idle', bindings: {} }, noop)).toThrow(
      "a function without a trigger ('idle')",
    );
  });

  test.each([
    ['httpTrigger', {}],
    ['timerTrigger', {}],
    ['entityTrigger', {}],
    ['orchestrationTrigger', {}],
    ['activityTrigger', { client: { type: 'durableClient', direction: 'in' } }],
    ['httpTrigger', { $return: { type: 'http', direction: 'out' } }],
  ])('may have a %s with %j', (type, more) => {
    const app = new FunctionsApp();
    app.register(aFunction('fine', type, more), noop);
    expect(() => requireSupportedBindings(app)).not.toThrow();
  });

  test.each([
    ['blobTrigger', {}, "the trigger 'blobTrigger' of the function 'odd'"],
    ['httpTrigger', { x: { type: 'blob', direction: 'in' } }, "the input 'blob' of the function 'odd'"],
    ['httpTrigger', { x: { type: 'queue', direction: 'out' } }, "the output 'queue' of the function 'odd'"],
  ])('may not have a %s with %j', (type, more, named) => {
    const app = new FunctionsApp();
    app.register(aFunction('odd', type, more), noop);
    expect(() => requireSupportedBindings(app)).toThrow(`The embedded host does not support ${named}`);
  });
});
