// The product's orchestrators, with activities that answer as the script of their job says.
const { app } = require('@azure/functions');
const df = require('durable-functions');
const { activityNames, orchestrationNames } = require('./shared/domain/functionNames');
const scripts = require('./scripts.json');

for (const name of Object.values(orchestrationNames))
  df.app.orchestration(name, require(`./orchestrations/${name}`)[name]);

const counts = new Map();
for (const name of Object.values(activityNames)) {
  df.app.activity(name, {
    handler: ({ job, lane }) => {
      const script = scripts[job];
      const key = name === 'scoreNext' && `scoreNext:${lane}` in script ? `scoreNext:${lane}` : name;
      const counted = `${job}/${name}/${lane}`;
      const call = counts.get(counted) ?? 0;
      counts.set(counted, call + 1);
      const answers = script[key] ?? [{}];
      const answer = answers[Math.min(call, answers.length - 1)];
      if (answer.fail !== undefined) throw new Error(answer.fail);
      return answer;
    },
  });
}

const client = { methods: ['POST'], authLevel: 'anonymous', extraInputs: [df.input.durableClient()] };
app.http('start', {
  ...client,
  route: 'start/{job}',
  handler: async ({ params: { job } }, context) => {
    const instanceId = `job-${job}`;
    await df
      .getClient(context)
      .startNew(orchestrationNames.scoreJob, { instanceId, input: { job, start: 1 } });
    return { jsonBody: {} };
  },
});
app.http('status', {
  ...client,
  route: 'status/{job}',
  handler: async ({ params: { job } }, context) => {
    const { runtimeStatus } = await df.getClient(context).getStatus(`job-${job}`);
    return { jsonBody: { runtimeStatus } };
  },
});
