import type { Instance } from '../store/instanceTable';

/** The status of an instance as JSON text. `history` is JSON text too. */
export function statusText(instance: Instance, showInput: boolean, history?: string): string {
  const input = showInput ? (instance.input ?? 'null') : 'null';
  // Input, output and custom status are JSON in the store: they are passed on without being read.
  return (
    `{"name":${JSON.stringify(instance.name)},"instanceId":${JSON.stringify(instance.id)},` +
    `"runtimeStatus":"${instance.status}","input":${input},"customStatus":${instance.customStatus ?? 'null'},` +
    `"output":${instance.output ?? 'null'},"createdTime":"${wholeSeconds(instance.created)}",` +
    `"lastUpdatedTime":"${wholeSeconds(instance.updated)}"${history === undefined ? '' : `,"historyEvents":${history}`}}`
  );
}

/** Times of a status have no fractions of a second. */
function wholeSeconds(time: string): string {
  return time.replace(/\.\d+Z$/, 'Z');
}
