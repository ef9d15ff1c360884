import Module from 'node:module';

import { failure } from '../../shared/errors/batchpointError';
import { isLogLevel, type HostLog } from '../hostLog';
import { Disposable } from './disposable';
import type { FunctionsApp } from './functionsApp';
import { hookNames, type HookCallback, type HookName } from './hooks';
import type { FunctionCallback, FunctionMetadata, ProgrammingModel } from './programmingModel';

const moduleName = '@azure/functions-core';

/**
 * The module that `@azure/functions` asks its host for. Everything that an app registers with `app.*` and
 * `df.app.*` arrives here.
 */
export function functionsCore(app: FunctionsApp, log: HostLog): object {
  return {
    // The worker and the host whose interface this is: apps compare these.
    version: '3.9.1',
    hostVersion: '4.1037.0.0',
    Disposable,
    setProgrammingModel(model: ProgrammingModel): void {
      app.model = model;
    },
    getProgrammingModel(): ProgrammingModel {
      return app.model;
    },
    registerFunction(metadata: FunctionMetadata, callback: FunctionCallback): Disposable {
      app.register(metadata, callback);
      return new Disposable(undefined);
    },
    registerHook(name: string, callback: HookCallback): Disposable {
      return app.hooks.add(knownHook(name), callback);
    },
    log(level: string, _category: string, message: string): void {
      log.write(isLogLevel(level) ? level : 'information', 'Functions', message);
    },
  };
}

/**
 * Makes `require('@azure/functions-core')` return `core`, wherever in the process it is called. The module
 * exists nowhere on disk: like the worker of the real host, this steps in before it is looked for.
 */
export function provideFunctionsCore(core: object): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is called with the module that requires
  const inherited: (this: unknown, id: string) => unknown = Module.prototype.require;
  Module.prototype.require = Object.assign(function (this: NodeJS.Module, id: string): unknown {
    return id === moduleName ? core : inherited.call(this, id);
  }, inherited);
}

function knownHook(name: string): HookName {
  const known = hookNames.find((hook) => hook === name);
  if (known !== undefined) return known;
  throw failure('FeatureNotSupported', {
    feature: `the hook '${name}'`,
    advice: `It knows ${hookNames.join(', ')}.`,
  });
}
