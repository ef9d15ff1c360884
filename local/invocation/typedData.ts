/** A value on its way between host and programming model: the member that is set tells its kind. */
export interface TypedData {
  readonly string?: string;
  readonly json?: string;
  readonly bytes?: Uint8Array;
  readonly int?: number;
  readonly double?: number;
  readonly http?: unknown;
  /** The name of the member that is set. */
  readonly data?: string;
}

/** One input of an invocation. */
export interface InputData {
  readonly name: string;
  readonly data: TypedData;
  readonly rpcData: 'data';
}

/** What the host asks the programming model to invoke. */
export interface InvocationRequest {
  readonly invocationId: string;
  readonly inputData: readonly InputData[];
  readonly triggerMetadata: Readonly<Record<string, TypedData>>;
  readonly traceContext: {
    readonly traceParent: string;
    readonly traceState: string;
    readonly attributes: Record<string, never>;
  };
  readonly retryContext: null;
}

export const stringData = (string: string): TypedData => ({ string, data: 'string' });

export const jsonData = (json: string): TypedData => ({ json, data: 'json' });

/** An input of an invocation, under the name of its binding. */
export const input = (name: string, data: TypedData): InputData => ({ name, data, rpcData: 'data' });

/**
 * The members of a JSON object as the host lists them beside a trigger: text, numbers and truth values as
 * strings in .NET's spelling, objects as JSON, arrays and null not at all.
 */
export function memberData(value: unknown): Record<string, TypedData> {
  const members: Record<string, TypedData> = {};
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return members;
  for (const [name, member] of Object.entries(value as Record<string, unknown>)) {
    if (typeof member === 'object') {
      if (member !== null && !Array.isArray(member)) members[name] = jsonData(JSON.stringify(member));
    } else {
      members[name] = stringData(scalarText(member));
    }
  }
  return members;
}

/** The text of a JSON scalar in .NET's spelling: truth values begin with a capital. */
export function scalarText(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return String(value);
}
