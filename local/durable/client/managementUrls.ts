/** Where the management API of the host stands, and the key that opens it. */
export interface ManagementAccess {
  readonly hubName: string;
  readonly key: string;
}

const webhookPath = '/runtime/webhooks/durabletask';

/** A placeholder that the SDK replaces with the id of an instance. */
const idPlaceholder = 'INSTANCEID';

/** The path under which the durable client reaches the API: nobody else can guess it. */
export function clientPath(key: string): string {
  return `/runtime/${key}/durabletask`;
}

/** The addresses at which one instance is seen and steered, as an answer to its start lists them. */
export function instanceUrls(origin: string, id: string, access: ManagementAccess): Record<string, string> {
  const urls = Object.entries(allUrls(origin, urlText(id), access));
  return Object.fromEntries(urls.filter(([name]) => name !== 'rewindPostUri'));
}

/**
 * The input of a `durableClient` binding. With `rpcBaseUrl` the client calls the API there; the other addresses are
 * those that it hands out.
 */
export function clientBinding(origin: string, access: ManagementAccess): string {
  const { hubName, key } = access;
  const code = `code=${key}`;
  const create = `${origin}${webhookPath}/orchestrators/{functionName}[/{instanceId}]`;
  return JSON.stringify({
    taskHubName: hubName,
    connectionName: null,
    creationUrls: {
      createNewInstancePostUri: `${create}?${code}`,
      createAndWaitOnNewInstancePostUri: `${create}?timeout={timeoutInSeconds}&pollingInterval={intervalInSeconds}&${code}`,
    },
    managementUrls: { id: idPlaceholder, ...allUrls(origin, idPlaceholder, access) },
    baseUrl: `${origin}${webhookPath}`,
    requiredQueryStringParameters: code,
    rpcBaseUrl: `${origin}${clientPath(key)}/`,
    httpBaseUrl: null,
    maxGrpcMessageSizeInBytes: null,
    grpcHttpClientTimeout: null,
  });
}

function allUrls(origin: string, id: string, { hubName, key }: ManagementAccess) {
  const base = `${origin}${webhookPath}/instances/${id}`;
  const query = `taskHub=${hubName}&connection=Storage&code=${key}`;
  return {
    statusQueryGetUri: `${base}?${query}`,
    sendEventPostUri: `${base}/raiseEvent/{eventName}?${query}`,
    terminatePostUri: `${base}/terminate?reason={text}&${query}`,
    rewindPostUri: `${base}/rewind?reason={text}&${query}`,
    purgeHistoryDeleteUri: `${base}?${query}`,
    restartPostUri: `${base}/restart?${query}`,
    suspendPostUri: `${base}/suspend?reason={text}&${query}`,
    resumePostUri: `${base}/resume?reason={text}&${query}`,
  };
}

/** An id in a path, as .NET escapes it: spaces become a plus sign. */
function urlText(id: string): string {
  return encodeURIComponent(id).replaceAll('%20', '+').replaceAll("'", '%27').replaceAll('~', '%7E');
}
