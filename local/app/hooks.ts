import { Disposable } from './disposable';

/** The moments at which an app may have code of its own run (`app.hook.*`). */
export const hookNames = ['appStart', 'appTerminate', 'preInvocation', 'postInvocation', 'log'] as const;

export type HookName = (typeof hookNames)[number];
export type HookCallback = (context: Record<string, unknown>) => unknown;

/** The hooks that an app has registered. */
export class Hooks {
  private readonly callbacks = new Map<HookName, HookCallback[]>();
  private readonly appHookData = {};

  add(name: HookName, callback: HookCallback): Disposable {
    const list = this.callbacks.get(name) ?? [];
    this.callbacks.set(name, [...list, callback]);
    return new Disposable(() => {
      const kept = (this.callbacks.get(name) ?? []).filter((other) => other !== callback);
      this.callbacks.set(name, kept);
    });
  }

  has(name: HookName): boolean {
    return (this.callbacks.get(name)?.length ?? 0) > 0;
  }

  /** Runs the hooks one after the other; they may change the members of `context`. */
  async run<Context extends object>(name: HookName, context: Context): Promise<Context> {
    const shared = this.withData(context);
    for (const callback of this.callbacks.get(name) ?? []) await callback(shared);
    return shared as unknown as Context;
  }

  /** Like `run`, for hooks that may not wait. */
  runNow<Context extends object>(name: HookName, context: Context): Context {
    const shared = this.withData(context);
    for (const callback of this.callbacks.get(name) ?? []) callback(shared);
    return shared as unknown as Context;
  }

  private withData(context: object): Record<string, unknown> {
    return Object.assign(context, { hookData: {}, appHookData: this.appHookData });
  }
}
