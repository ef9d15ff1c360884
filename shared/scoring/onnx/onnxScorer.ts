import { relative, sep } from 'node:path';
import { CountingRowSink, SpoolingRowSink, type RowSink } from '../node/rowSink';
import { describe } from '../node/scriptErrors';
import type { Scored, WorkerScorer } from '../node/workerScorer';
import type { ExceptionFields, FileFailure, WorkerSetup } from '../workerMessages';
import { ImagesAhead, isTable } from './imagesAhead';
import { InputFileError } from './inputFileError';
import { OnnxModel } from './onnxModel';
import { predictionBlocks } from './predictionBlocks';
import { predictionLines } from './predictionLines';
import { scoreImage, scoreTableFile } from './scoreFile';

/** Scores with an ONNX model, without a script of the user's. A file that cannot be scored fails alone. */
export class OnnxScorer implements WorkerScorer {
  private model: OnnxModel | undefined;
  private root = '';
  private temporary = '';

  constructor(private readonly setup: WorkerSetup) {}

  async init(): Promise<void> {
    this.model = await OnnxModel.load(this.setup.model);
  }

  begin(root: string, temporary: string): void {
    this.root = root;
    this.temporary = temporary;
  }

  async run(paths: readonly string[], firstRows?: readonly number[], root = this.root): Promise<Scored> {
    const { model } = this;
    if (model === undefined) throw new Error('the model is not loaded');
    const names = paths.map((path) => relative(root, path).replaceAll(sep, '/'));
    const sink = this.openSink(names);
    const images = new ImagesAhead(paths);
    const failures: FileFailure[] = [];
    for (const [position, path] of paths.entries()) {
      const mark = sink.mark();
      try {
        if (isTable(path)) {
          await scoreTableFile(model, { path, firstRow: firstRows?.[position] }, (table, row) =>
            sink.add(table, position, row),
          );
        } else sink.add(await scoreImage(model, await images.read(position)), position, undefined);
      } catch (error) {
        sink.takeBack(mark);
        failures.push([position, ...failureOf(error, names[position] ?? '')]);
      }
    }
    return {
      count: paths.length - failures.length,
      rowCount: this.setup.summary_only ? 0 : sink.rows,
      failures,
      writeRows: (descriptor) => sink.writeTo(descriptor),
    };
  }

  shutdown(): void {
    // The memory of the model goes with the process.
  }

  private openSink(names: readonly string[]): RowSink {
    const { setup, temporary } = this;
    if (setup.summary_only) return new CountingRowSink();
    if (setup.rows === 'blocks') return new SpoolingRowSink(predictionBlocks, temporary);
    return new SpoolingRowSink(
      (table, position, firstRow) => [predictionLines(table, names[position] ?? '', firstRow)],
      temporary,
    );
  }
}

/** What a file failed with. A fault of the file has no trace that could say more of it. */
function failureOf(error: unknown, name: string): readonly ['input' | 'raised', ...ExceptionFields] {
  const fields = describe(error);
  return error instanceof InputFileError
    ? ['input', fields[0], `${name}: ${fields[1]}`, '']
    : ['raised', ...fields];
}
