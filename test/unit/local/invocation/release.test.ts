import type { CoreInvocationContext } from '../../../../local/app/programmingModel';
import { release } from '../../../../local/invocation/release';

function aContext(trigger: string): CoreInvocationContext {
  return {
    invocationId: '1',
    metadata: { name: 'f', bindings: { t: { type: trigger, direction: 'in' } } },
    request: {
      invocationId: '1',
      inputData: [{ name: 't', data: { string: 'long' }, rpcData: 'data' }],
      triggerMetadata: { long: { string: 'long' } },
      traceContext: { traceParent: '', traceState: '', attributes: {} },
      retryContext: null,
    },
    state: undefined,
    log: () => undefined,
  };
}

describe('An invocation that is over', () => {
  test('holds what it was sent no longer', () => {
    const core = aContext('activityTrigger');
    release({ core });
    expect(core.request).toMatchObject({ inputData: [], triggerMetadata: {} });
  });

  test('holds no history when it was an orchestrator', () => {
    const trigger = { history: [1, 2, 3] };
    const context = { df: {} };
    release({ core: aContext('orchestrationTrigger'), context, inputs: [trigger] });
    expect(trigger.history).toEqual([]);
    expect(context.df).toBeUndefined();
  });

  test('leaves the inputs of other functions alone', () => {
    const input = { history: [1, 2, 3] };
    release({ core: aContext('activityTrigger'), context: {}, inputs: [input] });
    expect(input.history).toHaveLength(3);
  });
});
