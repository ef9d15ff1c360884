/** What an orchestrator may ask for, by the numbers of the Durable extension. */
export const actionType = {
  callActivity: 0,
  callActivityWithRetry: 1,
  callSubOrchestrator: 2,
  callSubOrchestratorWithRetry: 3,
  continueAsNew: 4,
  createTimer: 5,
  waitForExternalEvent: 6,
  callEntity: 7,
  callHttp: 8,
  signalEntity: 9,
  whenAny: 11,
  whenAll: 12,
  lockEntities: 13,
  releaseEntities: 14,
} as const;

/** When a failed call is tried again. Times are milliseconds. */
export interface RetryOptions {
  readonly firstRetryIntervalInMilliseconds: number;
  readonly maxNumberOfAttempts: number;
  readonly backoffCoefficient?: number;
  readonly maxRetryIntervalInMilliseconds?: number;
  readonly retryTimeoutInMilliseconds?: number;
}

export interface CallActivity {
  readonly actionType: typeof actionType.callActivity | typeof actionType.callActivityWithRetry;
  readonly functionName: string;
  readonly input?: unknown;
  readonly retryOptions?: RetryOptions;
}

export interface CallSubOrchestrator {
  readonly actionType: typeof actionType.callSubOrchestrator | typeof actionType.callSubOrchestratorWithRetry;
  readonly functionName: string;
  readonly instanceId?: string;
  readonly input?: unknown;
  readonly retryOptions?: RetryOptions;
}

interface ContinueAsNew {
  readonly actionType: typeof actionType.continueAsNew;
  readonly input?: unknown;
}

export interface CreateTimer {
  readonly actionType: typeof actionType.createTimer;
  readonly fireAt: string;
  readonly isCanceled: boolean;
}

interface WaitForExternalEvent {
  readonly actionType: typeof actionType.waitForExternalEvent;
  readonly externalEventName: string;
}

interface WhenAny {
  readonly actionType: typeof actionType.whenAny;
  readonly compoundActions: readonly OrchestratorAction[];
}

interface WhenAll {
  readonly actionType: typeof actionType.whenAll;
  readonly compoundActions: readonly OrchestratorAction[];
}

interface Unsupported {
  readonly actionType:
    | typeof actionType.callEntity
    | typeof actionType.signalEntity
    | typeof actionType.callHttp
    | typeof actionType.lockEntities
    | typeof actionType.releaseEntities;
}

export type OrchestratorAction =
  | CallActivity
  | CallSubOrchestrator
  | ContinueAsNew
  | CreateTimer
  | WaitForExternalEvent
  | WhenAny
  | WhenAll
  | Unsupported;
