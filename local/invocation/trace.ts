import { closeSync, openSync, writeSync } from 'node:fs';

import { withoutSecrets } from '../../shared/errors/withoutSecrets';
import type { AppFunction } from '../app/functionsApp';
import type { InvocationResult } from './invoker';
import type { InvocationRequest } from './typedData';

/** A request of the durable client and what it was answered, for the trace. */
interface TracedExchange {
  readonly request: { readonly method: string; readonly path: string; readonly body: string };
  readonly response: {
    readonly status: number;
    readonly headers: Record<string, string>;
    readonly body: string;
  };
}

/** A file with one JSON line for each invocation: what the function was sent, and what it answered, but for secrets. */
export class Trace {
  private file: number | undefined;

  constructor(path: string) {
    this.file = openSync(path, 'a', 0o600);
  }

  invocation(fn: AppFunction, request: InvocationRequest, started: Date, result: InvocationResult): void {
    this.write({
      function: fn.name,
      kind: fn.trigger.type,
      t: started.toISOString(),
      invocationId: request.invocationId,
      inputData: request.inputData,
      triggerMetadata: request.triggerMetadata,
      traceContext: request.traceContext,
      retryContext: request.retryContext,
      tResponse: new Date().toISOString(),
      response: answer(result),
    });
  }

  clientExchange(exchange: TracedExchange): void {
    this.write({ kind: 'durableClient', t: new Date().toISOString(), ...exchange });
  }

  /** What ends later is not written any more. */
  close(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
  }

  private write(line: object): void {
    if (this.file !== undefined) writeSync(this.file, `${JSON.stringify(line, toTrace)}\n`);
  }
}

function answer(result: InvocationResult): object {
  if (!result.ok) {
    const { message, stack } = result.error;
    return { result: { status: 0, exception: { message, stackTrace: stack } } };
  }
  const { returnValue, outputData } = result.response;
  return { returnValue, outputData, result: { status: 1 } };
}

/** Bytes stand in the trace as text: `{"$bytes": "..."}`. Texts lose their secrets one by one, so that the line stays JSON. */
function toTrace(key: string, value: unknown): unknown {
  if (typeof value === 'string') return isSecretName(key) ? '***' : withoutSecrets(value);
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('utf8') };
  // A Buffer has been through its own toJSON when it comes here.
  if (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    value.type === 'Buffer' &&
    'data' in value
  ) {
    return { $bytes: Buffer.from(value.data as number[]).toString('utf8') };
  }
  return value;
}

function isSecretName(key: string): boolean {
  return /^(?:authorization|accountKey|sasToken)$/i.test(key);
}
