import { orchestratorAnswer } from '../../../../local/durable/protocol/orchestratorAnswer';

describe('The answer of an orchestrator', () => {
  test('is read from what it returned', () => {
    const json = JSON.stringify({
      isDone: true,
      actions: [[{ actionType: 4 }]],
      output: [1],
      customStatus: 'x',
    });
    expect(orchestratorAnswer({ ok: true, response: { returnValue: { json } } })).toEqual({
      isDone: true,
      actions: [{ actionType: 4 }],
      output: '[1]',
      error: undefined,
      customStatus: '"x"',
    });
  });

  test('is read from what it threw', () => {
    const error = new Error('false\n\n$OutOfProcData$:{"isDone":false,"actions":[[]],"error":"it broke"}');
    expect(orchestratorAnswer({ ok: false, error })).toMatchObject({ isDone: false, error: 'it broke' });
  });

  test('is a failure when it threw before it began', () => {
    const error = new Error('no generator');
    expect(orchestratorAnswer({ ok: false, error })).toMatchObject({ actions: [], error: 'no generator' });
  });

  test('is a failure when it is none', () => {
    expect(orchestratorAnswer({ ok: true, response: {} }).error).toContain('did not answer with its state');
  });
});
