import { PbfReader, PbfWriter } from 'pbf';

/** A model without the nodes that turn tensors into lists of maps, and what these nodes knew of their columns. */
export interface WithoutZipMaps {
  readonly model: Uint8Array;
  /** For the tensors that are outputs now, by their names: the label of each column. */
  readonly labels: ReadonlyMap<string, readonly string[]>;
}

/** A field of a message: its number, where all of it lies, and where its content does. */
interface Field {
  readonly tag: number;
  readonly start: number;
  readonly contentStart: number;
  readonly end: number;
}

/** A ZipMap node: the tensor that it reads, the output that it makes, and the labels of the columns. */
interface ZipMap {
  readonly input: string;
  readonly output: string;
  readonly labels: readonly string[];
}

// Numbers of fields in onnx.proto, https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
const modelGraph = 7;
const graphNode = 1;
const graphOutput = 12;
const floatTensor = 1;

/**
 * Takes the ZipMap nodes out of a model: the tensors that they read become its outputs instead. Converters add them
 * for classifiers of scikit-learn, and lists of maps cannot be fetched from a session. `undefined` where there are none.
 */
export function withoutZipMaps(model: Uint8Array): WithoutZipMaps | undefined {
  const graph = fieldsOf(model, 0, model.length).find(({ tag }) => tag === modelGraph);
  if (graph === undefined) return undefined;
  const fields = fieldsOf(model, graph.contentStart, graph.end);
  const zipMaps = new Map<Field, ZipMap>();
  for (const field of fields) {
    const zipMap = field.tag === graphNode ? zipMapOf(model, field) : undefined;
    if (zipMap !== undefined) zipMaps.set(field, zipMap);
  }
  if (zipMaps.size === 0) return undefined;
  const byOutput = new Map([...zipMaps.values()].map((zipMap) => [zipMap.output, zipMap]));
  const kept = fields.flatMap((field) => {
    if (zipMaps.has(field)) return [];
    const zipMap = field.tag === graphOutput ? byOutput.get(nameOf(model, field)) : undefined;
    return [zipMap === undefined ? model.subarray(field.start, field.end) : outputOf(zipMap)];
  });
  const changed = Buffer.concat(kept);
  const head = new PbfWriter();
  head.writeTag(modelGraph, 2);
  head.writeVarint(changed.length);
  return {
    model: Buffer.concat([model.subarray(0, graph.start), head.finish(), changed, model.subarray(graph.end)]),
    labels: new Map([...zipMaps.values()].map(({ input, labels }) => [input, labels])),
  };
}

function fieldsOf(model: Uint8Array, from: number, to: number): Field[] {
  const reader = new PbfReader(model);
  reader.pos = from;
  const fields: Field[] = [];
  while (reader.pos < to) {
    const start = reader.pos;
    const key = reader.readVarint();
    const type = key & 7;
    let contentStart = reader.pos;
    if (type === 2) {
      const length = reader.readVarint();
      contentStart = reader.pos;
      reader.pos += length;
    } else reader.skip(key);
    fields.push({ tag: key >> 3, start, contentStart, end: reader.pos });
  }
  return fields;
}

function textOf(model: Uint8Array, { contentStart, end }: Field): string {
  return Buffer.from(model.buffer, model.byteOffset + contentStart, end - contentStart).toString('utf8');
}

/** The first field of an output and of an attribute is its name. */
function nameOf(model: Uint8Array, field: Field): string {
  const name = fieldsOf(model, field.contentStart, field.end).find(({ tag }) => tag === 1);
  return name === undefined ? '' : textOf(model, name);
}

function zipMapOf(model: Uint8Array, node: Field): ZipMap | undefined {
  const fields = fieldsOf(model, node.contentStart, node.end);
  const texts = (tag: number): string[] =>
    fields.filter((field) => field.tag === tag).map((field) => textOf(model, field));
  const [input, output, type] = [texts(1)[0], texts(2)[0], texts(4)[0]];
  if (type !== 'ZipMap' || input === undefined || output === undefined) return undefined;
  const labels = fields.filter(({ tag }) => tag === 5).flatMap((field) => labelsOf(model, field));
  return { input, output, labels };
}

/** The labels in an attribute of the node: integers, packed or one by one, or strings. */
function labelsOf(model: Uint8Array, attribute: Field): string[] {
  return fieldsOf(model, attribute.contentStart, attribute.end).flatMap((field) => {
    if (field.tag === 9) return [textOf(model, field)];
    if (field.tag !== 8) return [];
    const reader = new PbfReader(model);
    reader.pos = field.contentStart;
    const labels: string[] = [];
    while (reader.pos < field.end) labels.push(String(reader.readVarint(true)));
    return labels;
  });
}

/** The description of an output that is a tensor of floats, of a shape that the runtime works out itself. */
function outputOf({ input }: ZipMap): Uint8Array {
  const writer = new PbfWriter();
  writer.writeMessage(
    graphOutput,
    (name, output) => {
      output.writeTag(1, 2);
      output.writeString(name);
      output.writeMessage(
        2,
        (_type, type) =>
          type.writeMessage(
            1,
            (_tensor, tensor) => {
              tensor.writeTag(1, 0);
              tensor.writeVarint(floatTensor);
            },
            undefined,
          ),
        undefined,
      );
    },
    input,
  );
  return writer.finish();
}
