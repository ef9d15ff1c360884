import { AssetFiles } from '../../shared/registry/assetFiles';
import { pieceAnswer, rangeOf } from './filePieces';
import { rangeHeaders, type Operation } from './operation';
import { route, type Call } from './route';

const path = 'models/{name}/versions/{version}/files';
const reading = {
  audience: 'management',
  role: 'Endpoints.Read',
  methods: ['GET'],
} satisfies Partial<Operation>;

const listModelFiles: Operation = {
  ...reading,
  path,
  summary: 'Lists the files of a version of a model.',
  answers: { 200: 'JobFileList' },
};
route('listModelFiles', listModelFiles, async (call) => {
  const value = await (await filesOf(call)).list();
  return { status: 200, jsonBody: { value } };
});

const readModelFile: Operation = {
  ...reading,
  path: `${path}/{*file}`,
  summary: 'Reads a file of a version of a model, or a range of it.',
  headers: rangeHeaders,
  answers: { 200: 'Bytes', 206: 'Bytes' },
  refusals: ['AssetFileMissing', 'ParameterInvalid', 'RangeInvalid'],
};
route('readModelFile', readModelFile, async (call) =>
  pieceAnswer(await (await filesOf(call)).read(call.parameter('file'), rangeOf(call.request))),
);

async function filesOf({ services, parameter }: Call): Promise<AssetFiles> {
  const reference = { name: parameter('name'), version: parameter('version') };
  const { value, name, version } = await services.registry.models.versions.get(reference);
  return new AssetFiles(services.stores.blobs, { kind: 'model', name, version, content: value.content });
}
