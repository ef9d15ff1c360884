import type { InvocationRequest, TypedData } from '../invocation/typedData';

/** One binding of a function, as the programming model registers it. */
export interface Binding {
  readonly type: string;
  readonly direction: string;
  readonly name?: string;
  readonly [property: string]: unknown;
}

/** What `app.*` and `df.app.*` tell the host about a function. */
export interface FunctionMetadata {
  readonly name: string;
  readonly bindings: Readonly<Record<string, Binding>>;
  readonly retryOptions?: unknown;
}

export type FunctionCallback = (...inputs: unknown[]) => unknown;

/** The context that one invocation hands to the programming model. */
export interface CoreInvocationContext {
  readonly invocationId: string;
  readonly metadata: FunctionMetadata;
  request: InvocationRequest | undefined;
  state: 'preInvocationHooks' | 'postInvocationHooks' | 'invocation' | undefined;
  log(level: string, category: string, message: string): void;
}

/** The answer of a function, as the programming model gives it to the host. */
export interface InvocationResponse {
  readonly invocationId?: string;
  readonly returnValue?: TypedData | null;
  readonly outputData?: readonly unknown[];
}

/** Converts the inputs and the output of one invocation: `@azure/functions` supplies it. */
interface InvocationModel {
  getArguments(): Promise<{ context: unknown; inputs: unknown[] }>;
  invokeFunction(context: unknown, inputs: unknown[], callback: FunctionCallback): Promise<unknown>;
  getResponse(context: unknown, result: unknown): Promise<InvocationResponse>;
}

/** What `@azure/functions` registers as the app's programming model. */
export interface ProgrammingModel {
  readonly name: string;
  readonly version: string;
  getInvocationModel(context: CoreInvocationContext): InvocationModel;
  getCapabilities?(defaults: Record<string, string>): Promise<Record<string, string>>;
}
