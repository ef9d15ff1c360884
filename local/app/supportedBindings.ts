import { failure } from '../../shared/errors/batchpointError';
import type { AppFunction, FunctionsApp } from './functionsApp';
import type { Binding } from './programmingModel';

const triggers = [
  'httptrigger',
  'timertrigger',
  'eventgridtrigger',
  'activitytrigger',
  'orchestrationtrigger',
  'entitytrigger',
];
const inputs = ['durableclient', 'orchestrationclient'];

/**
 * Refuses an app of which a part would never run here: better at the start than by silence later.
 * An entity may be registered; using one fails.
 */
export function requireSupportedBindings(app: FunctionsApp): void {
  for (const fn of app.all()) {
    for (const [name, binding] of Object.entries(fn.metadata.bindings)) requireSupported(fn, name, binding);
    if (fn.metadata.retryOptions !== undefined) {
      throw unsupported(
        `the retry option of the function '${fn.name}'`,
        'Retry inside of it, or leave the option out.',
      );
    }
  }
}

function requireSupported(fn: AppFunction, name: string, binding: Binding): void {
  const type = binding.type.toLowerCase();
  if (name === fn.triggerName) {
    if (!triggers.includes(type)) throw unsupported(describe('trigger', fn, binding), advice);
  } else if (binding.direction === 'in') {
    if (!inputs.includes(type)) throw unsupported(describe('input', fn, binding), advice);
  } else if (type !== 'http') {
    throw unsupported(describe('output', fn, binding), advice);
  }
}

const advice =
  'Register the function only where BATCHPOINT_STORAGE is not local, or run it on Azure Functions.';

function describe(role: string, fn: AppFunction, binding: Binding): string {
  return `the ${role} '${binding.type}' of the function '${fn.name}'`;
}

function unsupported(feature: string, hint: string): Error {
  return failure('FeatureNotSupported', { feature, advice: hint });
}
