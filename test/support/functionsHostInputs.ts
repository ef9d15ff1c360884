/** A value on its way between a host and the programming model. */
export interface TypedData {
  readonly string?: string;
  readonly json?: string;
  readonly http?: unknown;
  readonly bytes?: unknown;
  readonly modelBindingData?: unknown;
  readonly data?: string;
}

/** The inputs of one invocation, as a Functions host sends them to its worker. */
export interface HostInput {
  readonly inputData: readonly {
    readonly name: string;
    readonly data: TypedData;
    readonly rpcData: 'data';
  }[];
  readonly triggerMetadata: Readonly<Record<string, TypedData>>;
}

/** The answer of an HTTP function on its way to the host. */
export interface HttpAnswer {
  readonly statusCode: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: { readonly bytes: Uint8Array };
}

/** A request as the host has taken it in. */
export interface HostRequest {
  readonly method: string;
  readonly url: string;
  /** Values in the path. */
  readonly params?: Readonly<Record<string, string>>;
  /** The host sends their names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const string = (text: string): TypedData => ({ string: text, data: 'string' });
const json = (value: unknown): TypedData => ({ json: JSON.stringify(value), data: 'json' });
const input = (name: string, data: TypedData): HostInput['inputData'][number] => ({
  name,
  data,
  rpcData: 'data',
});
const nullable = (values: Readonly<Record<string, string>>): object =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, string: 'value' }]));

/** An activity: its input is JSON in a string, and stands in the metadata twice more, with its members. */
export function activityTrigger(binding: string, value: object): HostInput {
  const text = string(JSON.stringify(value));
  const members = Object.entries(value).map(([name, member]) => [name, string(String(member))]);
  return {
    inputData: [input(binding, text)],
    triggerMetadata: {
      instanceId: string('job-1'),
      [binding]: text,
      data: json(value),
      ...(Object.fromEntries(members) as Record<string, TypedData>),
    },
  };
}

/** A tick of a timer that never ran before. */
export function timerTrigger(binding: string, client?: HostInput['inputData'][number]): HostInput {
  const timer = json({ Schedule: { AdjustForDST: true }, ScheduleStatus: null, IsPastDue: false });
  return {
    inputData: [input(binding, timer), ...(client === undefined ? [] : [client])],
    triggerMetadata: { TimerTrigger: string('11/22/2026 16:52:00') },
  };
}

/** An event of Event Grid. */
export function eventGridTrigger(
  binding: string,
  event: { readonly data: object },
  client: HostInput['inputData'][number],
): HostInput {
  return {
    inputData: [input(binding, json(event)), client],
    triggerMetadata: { data: json(event.data) },
  };
}

/** A blob of which only the place is handed over. */
export function blobTrigger(
  binding: string,
  blob: { readonly url: string; readonly container: string; readonly name: string; readonly facts: object },
  client: HostInput['inputData'][number],
): HostInput {
  const place = { Connection: 'AzureWebJobsStorage', ContainerName: blob.container, BlobName: blob.name };
  const modelBindingData = {
    version: '1.0',
    source: 'AzureStorageBlobs',
    contentType: 'application/json',
    content: Buffer.from(JSON.stringify(place)),
  };
  return {
    inputData: [input(binding, { modelBindingData, data: 'modelBindingData' }), client],
    triggerMetadata: {
      BlobTrigger: string(`${blob.container}/${blob.name}`),
      Uri: json(blob.url),
      Properties: json(blob.facts),
      Metadata: json({}),
      name: string(blob.name),
    },
  };
}

/** An orchestration: the string that the Durable extension makes, history and all. */
export function orchestrationTrigger(binding: string, trigger: object): HostInput {
  const text = JSON.stringify(trigger);
  return { inputData: [input(binding, string(text))], triggerMetadata: { [binding]: string(text) } };
}

/** A request: names of headers in lower case, the body as bytes, nothing where there is no body. */
export function httpTrigger(
  binding: string,
  { method, url, params = {}, headers = {}, body }: HostRequest,
  client?: HostInput['inputData'][number],
): HostInput {
  const query = Object.fromEntries(new URL(url).searchParams);
  const http = {
    identities: [],
    cookies: [],
    headers: {},
    params: {},
    query: {},
    nullableHeaders: nullable(headers),
    nullableParams: nullable(params),
    nullableQuery: nullable(query),
    method,
    url,
    body: body === undefined ? null : { bytes: Buffer.from(body), data: 'bytes' },
    statusCode: '',
    enableContentNegotiation: false,
    rawBody: null,
  };
  const values = Object.entries({ ...query, ...params }).map(([name, value]) => [name, string(value)]);
  return {
    inputData: [input(binding, { http, data: 'http' }), ...(client === undefined ? [] : [client])],
    triggerMetadata: {
      ...(Object.fromEntries(values) as Record<string, TypedData>),
      Query: json(query),
      Headers: json(headers),
    },
  };
}

/** The durable client: a string of JSON; what the extension is asked goes to `rpcBaseUrl`. */
export function durableClient(binding: string, rpcBaseUrl: string): HostInput['inputData'][number] {
  const webhooks = 'http://localhost:7071/runtime/webhooks/durabletask';
  const instance = `${webhooks}/instances/INSTANCEID`;
  const access = 'taskHub=BatchpointHub&connection=Storage&code=key';
  const value = {
    taskHubName: 'BatchpointHub',
    connectionName: null,
    creationUrls: {
      createNewInstancePostUri: `${webhooks}/orchestrators/{functionName}[/{instanceId}]?code=key`,
      createAndWaitOnNewInstancePostUri: `${webhooks}/orchestrators/{functionName}[/{instanceId}]?timeout={timeoutInSeconds}&pollingInterval={intervalInSeconds}&code=key`,
    },
    managementUrls: {
      id: 'INSTANCEID',
      statusQueryGetUri: `${instance}?${access}`,
      sendEventPostUri: `${instance}/raiseEvent/{eventName}?${access}`,
      terminatePostUri: `${instance}/terminate?reason={text}&${access}`,
      rewindPostUri: `${instance}/rewind?reason={text}&${access}`,
      purgeHistoryDeleteUri: `${instance}?${access}`,
      restartPostUri: `${instance}/restart?${access}`,
      suspendPostUri: `${instance}/suspend?reason={text}&${access}`,
      resumePostUri: `${instance}/resume?reason={text}&${access}`,
    },
    baseUrl: webhooks,
    requiredQueryStringParameters: 'code=key',
    rpcBaseUrl,
    httpBaseUrl: null,
    maxGrpcMessageSizeInBytes: null,
    grpcHttpClientTimeout: null,
  };
  return input(binding, string(JSON.stringify(value)));
}
