import { isType, type AppFunction, type FunctionsApp } from '../app/functionsApp';
import type {
  Binding,
  CoreInvocationContext,
  InvocationResponse,
  ProgrammingModel,
} from '../app/programmingModel';
import { isLogLevel, type HostLog } from '../hostLog';
import { toError } from './thrownError';
import { release, type Invocation } from './release';
import type { Trace } from './trace';
import { input, stringData, type InputData, type InvocationRequest, type TypedData } from './typedData';

/** The inputs of one invocation. */
export interface InvocationInput {
  readonly inputData: readonly InputData[];
  readonly triggerMetadata: Readonly<Record<string, TypedData>>;
}

/** How an invocation ended: with the function's answer, or with what it threw. */
export type InvocationResult =
  | { readonly ok: true; readonly response: InvocationResponse }
  | { readonly ok: false; readonly error: Error };

/** Runs functions of the app through its programming model, as the worker of the real host does. */
export class Invoker {
  constructor(
    private readonly app: FunctionsApp,
    private readonly model: ProgrammingModel,
    private readonly log: HostLog,
    private readonly newId: () => string,
    private readonly trace: Trace | undefined,
    /** The input of `durableClient` bindings. */
    private readonly clientBinding: () => string,
  ) {}

  /** Never throws: a failure of the function is a result. */
  async invoke(
    fn: AppFunction,
    given: InvocationInput,
    invocationId = this.newId(),
  ): Promise<InvocationResult> {
    const request: InvocationRequest = {
      invocationId,
      inputData: [...given.inputData, ...this.clientInputs(fn)],
      triggerMetadata: given.triggerMetadata,
      traceContext: { traceParent: '', traceState: '', attributes: {} },
      retryContext: null,
    };
    const invocation: Invocation = { core: this.coreContext(fn, request) };
    const started = new Date();
    const result = await this.run(fn, invocation).catch((thrown: unknown) => failed(thrown));
    this.trace?.invocation(fn, request, started, result);
    release(invocation);
    return result;
  }

  private async run(fn: AppFunction, invocation: Invocation): Promise<InvocationResult> {
    const { core } = invocation;
    const model = this.model.getInvocationModel(core);
    const { context, inputs } = await model.getArguments();
    Object.assign(invocation, { context, inputs });
    const before = { invocationContext: context, functionCallback: fn.callback, inputs };
    await this.runHooks('preInvocation', core, before);
    core.state = 'invocation';
    const invoked = model.invokeFunction(context, before.inputs, before.functionCallback);
    const outcome = await invoked.then(
      (result) => ({ result, error: undefined }),
      (thrown: unknown) => ({ result: undefined, error: toError(thrown) }),
    );
    const after = { invocationContext: context, inputs: before.inputs, ...outcome };
    await this.runHooks('postInvocation', core, after);
    if (after.error !== undefined) return failed(after.error);
    return { ok: true, response: await model.getResponse(context, after.result) };
  }

  private async runHooks(
    name: 'preInvocation' | 'postInvocation',
    core: CoreInvocationContext,
    context: object,
  ): Promise<void> {
    if (!this.app.hooks.has(name)) return;
    core.state = `${name}Hooks`;
    await this.app.hooks.run(name, context);
  }

  private clientInputs(fn: AppFunction): InputData[] {
    const names = Object.keys(fn.metadata.bindings).filter((name) => isClient(fn.metadata.bindings[name]));
    return names.map((name) => input(name, stringData(this.clientBinding())));
  }

  private coreContext(fn: AppFunction, request: InvocationRequest): CoreInvocationContext {
    return {
      invocationId: request.invocationId,
      metadata: fn.metadata,
      request,
      state: undefined,
      log: (level, category, message) => {
        const entry = { level, category, message, invocationContext: undefined };
        const shown = this.app.hooks.has('log') ? this.app.hooks.runNow('log', entry) : entry;
        this.log.write(
          isLogLevel(shown.level) ? shown.level : 'information',
          `Function.${fn.name}`,
          shown.message,
        );
      },
    };
  }
}

function isClient(binding: Binding | undefined): boolean {
  return (
    binding !== undefined && (isType(binding, 'durableClient') || isType(binding, 'orchestrationClient'))
  );
}

function failed(thrown: unknown): InvocationResult {
  return { ok: false, error: toError(thrown) };
}
