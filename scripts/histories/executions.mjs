/** Executions of one kind of orchestrator that a scenario keeps: the others are like them. */
const kept = 3;

/** The executions of a job's orchestrators, from the trace of a host. */
export function executionsOf(traced, job) {
  const found = new Map();
  for (const { kind, function: orchestrator, inputData, response } of traced) {
    if (kind !== 'orchestrationTrigger') continue;
    const { history, input, instanceId, parentInstanceId } = JSON.parse(inputData[0].data.string);
    if (instanceId !== `job-${job}` && !instanceId.startsWith(`job-${job}-`)) continue;
    const id = history.find(({ EventType }) => EventType === 0).OrchestrationInstance.ExecutionId;
    const turns = [...(found.get(id)?.turns ?? []), history.length];
    found.set(id, {
      orchestrator,
      instanceId,
      parentInstanceId,
      input,
      history,
      turns,
      answer: answerOf(response),
    });
  }
  const counts = new Map();
  const chosen = [...found.values()].filter(({ orchestrator }) => {
    counts.set(orchestrator, (counts.get(orchestrator) ?? 0) + 1);
    return counts.get(orchestrator) <= kept;
  });
  return chosen.map(withoutMachine);
}

/** All that an orchestrator asked for, and how it ended. */
function answerOf({ returnValue, result }) {
  if (result.status !== 1) throw new Error(`An orchestrator failed: ${result.exception.message}`);
  return JSON.parse(returnValue.json);
}

/** The same without paths of the machine, which stand in the stacks of errors. */
function withoutMachine(execution) {
  const text = JSON.stringify(execution).replace(/(?:file:\/\/)?\/[\w@.+-]+(?:\/[\w@.+-]+)+/g, '<path>');
  return JSON.parse(text);
}
