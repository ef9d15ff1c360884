import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { InferenceSession } from 'onnxruntime-node';
import { parse } from 'yaml';
import { findOnnxFile, onnxFlavor } from '../../registry/onnxModel';
import { systemErrorCode } from '../../errors/systemError';
import type { ModelInput, TensorType } from './modelInputs';
import type { OutputTensor } from './predictionTable';
import { sessionOptions } from './sessionOptions';
import { signatureColumns, type SignatureColumn } from './signature';
import type { TensorData } from './tensorData';
import { withoutZipMaps } from './zipMap';

type Runtime = typeof import('onnxruntime-node');

/** What is given to an input. */
export interface Feed {
  readonly input: ModelInput;
  readonly data: TensorData;
  readonly dims: readonly number[];
}

/** A model that is loaded, with what is known of its inputs. */
export class OnnxModel {
  /** Rows that the model takes at a time, where it takes no other number of them. */
  readonly batch: number | undefined;

  private constructor(
    private readonly runtime: Runtime,
    private readonly session: InferenceSession,
    readonly inputs: readonly ModelInput[],
    readonly signature: readonly SignatureColumn[] | undefined,
    private readonly labels: ReadonlyMap<string, readonly string[]>,
  ) {
    this.batch = inputs.map(({ shape }) => shape[0]).find((size) => size !== undefined);
  }

  /** Loads the model of a file, a folder with one, or an MLflow folder. Fails with what the runtime says of it. */
  static async load(path: string): Promise<OnnxModel> {
    const name = await findOnnxFile(path, basename(path));
    if (name === undefined) throw new Error(`there is no ONNX file in the model '${path}', or more than one`);
    const file = name === '' ? path : join(path, name);
    const document = await mlmodel(path);
    const runtime = await import('onnxruntime-node');
    const options = sessionOptions(onnxFlavor(document)?.options ?? {});
    let session = await runtime.InferenceSession.create(file, options).catch(unloadable);
    let labels: ReadonlyMap<string, readonly string[]> = new Map();
    if (session.outputMetadata.some(({ isTensor }) => !isTensor)) {
      const changed = withoutZipMaps(await readFile(file));
      if (changed !== undefined) {
        await session.release();
        // Tensors that lie in files of their own are looked for beside the model, which is not read from its file now.
        const beside = { ...options, extra: { ...options.extra, [externalFolder]: dirname(file) } };
        session = await runtime.InferenceSession.create(changed.model, beside);
        labels = changed.labels;
      }
    }
    return new OnnxModel(runtime, session, inputsOf(session), signatureColumns(document), labels);
  }

  /** Runs the model once. Outputs that are no tensors cannot be fetched, and are left out. */
  async run(feeds: readonly Feed[]): Promise<OutputTensor[]> {
    const { runtime, session } = this;
    const given = Object.fromEntries(
      feeds.map(({ input, data, dims }) => [input.name, new runtime.Tensor(input.type, data as never, dims)]),
    );
    const names = session.outputMetadata.filter(({ isTensor }) => isTensor).map(({ name }) => name);
    const results = await session.run(given, names);
    return names.map((name) => {
      const { type, dims, data } = results[name] ?? noOutput(name);
      const labels = this.labels.get(name);
      return { name, type, dims, data: data, ...(labels === undefined ? {} : { labels }) };
    });
  }
}

function noOutput(name: string): never {
  throw new Error(`the model gave no output '${name}'`);
}

/** What the runtime says of a model: where it lies while it is loaded says nothing to anybody. */
function unloadable(error: unknown): never {
  const message = (error instanceof Error ? error.message : String(error))
    .replace(/^Load model from .*? failed:/, '')
    // Places in the runtime's own source.
    .replace(/^\/\S+\.(?:cc|h):\d+ [^(]*\([^)]*\)(?: const)? /, '')
    .trim();
  const isNone = /^(?:Protobuf parsing failed|ModelProto does not have a graph)/.test(message);
  throw new Error(isNone ? `the file is no ONNX model, or not all of one: ${message}` : message, {
    cause: error,
  });
}

const externalFolder = 'session.model_external_initializers_file_folder_path';

async function mlmodel(path: string): Promise<unknown> {
  try {
    return parse(await readFile(join(path, 'MLmodel'), 'utf8'));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemErrorCode(error) ?? '')) return undefined;
    throw error;
  }
}

function inputsOf(session: InferenceSession): ModelInput[] {
  return session.inputMetadata.map((input) => {
    if (!input.isTensor)
      throw new Error(`the input '${input.name}' of the model is no tensor, and nothing can be given to it`);
    const shape = input.shape.map((size) => (typeof size === 'number' ? size : undefined));
    return { name: input.name, type: input.type as TensorType, shape };
  });
}
