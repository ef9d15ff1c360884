import { failure } from '../../../shared/errors/batchpointError';
import { actionType } from '../protocol/orchestratorAction';

const features: Readonly<Record<number, string>> = {
  [actionType.callEntity]: 'durable entities (callEntity)',
  [actionType.signalEntity]: 'durable entities (signalEntity)',
  [actionType.lockEntities]: 'durable entities (lock)',
  [actionType.releaseEntities]: 'durable entities (lock)',
  [actionType.callHttp]: 'durable HTTP calls (callHttp)',
};

/** The error of an action that would otherwise be waited for in vain. */
export function unsupportedAction(type: number): Error {
  const feature = features[type] ?? `the orchestrator action ${type}`;
  return failure('FeatureNotSupported', { feature, advice: 'Do it in an activity.' });
}
