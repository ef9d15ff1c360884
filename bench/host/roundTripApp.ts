import { app } from '@azure/functions';
import * as df from 'durable-functions';
import type { OrchestrationContext } from 'durable-functions';

/** What one lane has still to do. */
interface Lane {
  readonly left: number;
  readonly perExecution: number;
}

/** Times at which the activity began, in milliseconds. */
const begins: number[] = [];

df.app.activity('noop', {
  handler: () => {
    begins.push(performance.now());
    return null;
  },
});

df.app.orchestration('lane', function* (context: OrchestrationContext) {
  const { left, perExecution } = context.df.getInput<Lane>();
  const now = Math.min(left, perExecution);
  for (let done = 0; done < now; done += 1) yield context.df.callActivity('noop', {});
  if (left > now) context.df.continueAsNew({ left: left - now, perExecution });
  return left;
});

app.http('start', {
  methods: ['POST'],
  authLevel: 'anonymous',
  extraInputs: [df.input.durableClient()],
  handler: async (request, context) => {
    begins.length = 0;
    const id = await df.getClient(context).startNew('lane', { input: await request.json() });
    return { jsonBody: { id } };
  },
});

app.http('result', {
  methods: ['GET'],
  authLevel: 'anonymous',
  extraInputs: [df.input.durableClient()],
  handler: async (request, context) => {
    const status = await df.getClient(context).getStatus(request.query.get('id') ?? '');
    const { rss } = process.memoryUsage();
    const isOver = String(status.runtimeStatus) === 'Completed';
    return { jsonBody: { isOver, begins: isOver ? begins : [], rss } };
  },
});
