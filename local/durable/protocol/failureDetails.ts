/**
 * How failures reach an orchestrator: as the extension writes them, a sentence and an exception of .NET as JSON.
 * Orchestrators see both in the message of the error that they catch. The stacks of .NET are left out.
 */
export interface Failure {
  readonly reason: string;
  readonly details: string;
}

const emptyData = { $type: 'System.Collections.ListDictionaryInternal, System.Private.CoreLib' };
const exceptionResult = -2146233088;

/** An activity that threw. */
export function activityThrew(name: string, error: Error): Failure {
  const stack = error.stack ?? `${error.name}: ${error.message}`;
  const details = {
    ...exception(` ${error.message}`),
    InnerException: {
      $type: 'Microsoft.Azure.WebJobs.Script.Workers.Rpc.RpcException, Microsoft.Azure.WebJobs.Script',
      IsUserException: false,
      RemoteStackTrace: stack,
      RemoteMessage: error.message,
      RemoteTypeName: null,
      Message: `Result: Failure\nException: ${error.message}\nStack: ${stack}`,
      Data: emptyData,
      InnerException: null,
      HelpLink: null,
      Source: 'System.Private.CoreLib',
      HResult: exceptionResult,
      StackTrace: '',
    },
  };
  return {
    reason: `Activity function '${name}' failed:  ${error.message}`,
    details: JSON.stringify(details),
  };
}

/** An activity that took longer than host.json allows. `limit` is a .NET time span. */
export function activityTimedOut(name: string, limit: string, invocationId: string): Failure {
  const message = `Timeout value of ${limit} was exceeded by function: Functions.${name}`;
  const details = {
    $type: 'Microsoft.Azure.WebJobs.Host.FunctionTimeoutException, Microsoft.Azure.WebJobs.Host',
    Timeout: limit,
    InstanceId: invocationId,
    MethodName: `Functions.${name}`,
    Handled: false,
    ClassName: 'Microsoft.Azure.WebJobs.Host.FunctionTimeoutException',
    Message: message,
    ...exceptionRest('Microsoft.Azure.WebJobs.Host'),
    StackTraceString: '',
  };
  return { reason: `Activity function '${name}' failed: ${message}`, details: JSON.stringify(details) };
}

/** An activity that the app does not have. */
export function activityMissing(name: string, known: readonly string[]): Failure {
  const message = missing(name, 'an activity', 'activity', known);
  return {
    reason: `Activity function '${name}' failed: ${message}`,
    details: JSON.stringify({ ...exception(message), InnerException: null }),
  };
}

/** Says that an orchestrator is not there. */
export function orchestratorMissing(name: string, known: readonly string[]): string {
  return missing(name, 'an orchestrator', 'orchestrator', known);
}

/** A sub-orchestration that threw, for the one that called it. `error` is what it threw. */
export function orchestrationThrew(reason: string, error: string): Failure {
  return { reason, details: `Message: ${error}, StackTrace: ` };
}

function missing(name: string, one: string, kind: string, known: readonly string[]): string {
  const names = known.map((other) => `'${other}'`).join(', ');
  const info =
    known.length === 0
      ? `There are no ${kind} functions`
      : `The following are the known ${kind} functions: ${names}`;
  return `The function '${name}' doesn't exist, is disabled, or is not ${one} function. Additional info: ${info}.`;
}

function exception(message: string): object {
  return {
    $type: 'System.Exception, System.Private.CoreLib',
    ClassName: 'System.Exception',
    Message: message,
    ...exceptionRest(null),
  };
}

function exceptionRest(source: string | null): object {
  return {
    Data: null,
    InnerException: null,
    HelpURL: null,
    StackTraceString: null,
    RemoteStackTraceString: null,
    RemoteStackIndex: 0,
    ExceptionMethod: null,
    HResult: exceptionResult,
    Source: source,
    WatsonBuckets: null,
  };
}
