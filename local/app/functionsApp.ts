import { failure } from '../../shared/errors/batchpointError';
import { Hooks } from './hooks';
import type { Binding, FunctionCallback, FunctionMetadata, ProgrammingModel } from './programmingModel';

/** A function of the app. */
export interface AppFunction {
  readonly name: string;
  readonly metadata: FunctionMetadata;
  readonly callback: FunctionCallback;
  readonly triggerName: string;
  readonly trigger: Binding;
}

/** An Azure Functions app, as its modules register it. */
export class FunctionsApp {
  readonly hooks = new Hooks();
  private registeredModel: ProgrammingModel | undefined;
  private readonly functions = new Map<string, AppFunction>();
  private sealed = false;

  /** The programming model: `@azure/functions` sets it before it registers the first function. */
  get model(): ProgrammingModel {
    if (this.registeredModel !== undefined) return this.registeredModel;
    throw failure('FeatureNotSupported', {
      feature: 'an app without a programming model',
      advice: "Register functions through '@azure/functions' 4.",
    });
  }

  set model(model: ProgrammingModel) {
    this.registeredModel = model;
  }

  register(metadata: FunctionMetadata, callback: FunctionCallback): void {
    const { name } = metadata;
    if (this.sealed) throw failure('FunctionRegisteredLate', { name });
    if (this.functions.has(name.toLowerCase())) throw failure('FunctionNameTaken', { name });
    const [triggerName, trigger] = triggerOf(metadata);
    this.functions.set(name.toLowerCase(), { name, metadata, callback, triggerName, trigger });
  }

  /** No function may be registered from now on. */
  seal(): void {
    this.sealed = true;
  }

  /** The functions of one kind of trigger, in the order of their registration. */
  ofTrigger(type: string): AppFunction[] {
    return this.all().filter((fn) => isType(fn.trigger, type));
  }

  /** The function of that name, without regard to case, if it has that kind of trigger. */
  find(name: string, type: string): AppFunction | undefined {
    const fn = this.functions.get(name.toLowerCase());
    return fn !== undefined && isType(fn.trigger, type) ? fn : undefined;
  }

  all(): AppFunction[] {
    return [...this.functions.values()];
  }
}

/** True for a binding of that type: hosts compare types without regard to case. */
export function isType(binding: Binding, type: string): boolean {
  return binding.type.toLowerCase() === type.toLowerCase();
}

function triggerOf(metadata: FunctionMetadata): [string, Binding] {
  const found = Object.entries(metadata.bindings).find(([, binding]) => /trigger$/i.test(binding.type));
  if (found === undefined) {
    throw failure('FeatureNotSupported', {
      feature: `a function without a trigger ('${metadata.name}')`,
      advice: 'Give it one.',
    });
  }
  return found;
}
