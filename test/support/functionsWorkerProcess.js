// The worker process of a Functions host, and nothing of any host of ours: it supplies the module that
// '@azure/functions' asks for, loads `main` of the app, and runs functions with the inputs that it is sent.
// SQLite and all that is only of the embedded host or of the command line cannot be loaded here.
const { existsSync, readFileSync } = require('node:fs');
const Module = require('node:module');
const { join, relative, sep } = require('node:path');

const root = process.argv[2];
const notOfTheApp = ['local', 'cli', 'bench', 'examples'].map((folder) => join(root, 'dist', folder) + sep);
const functions = new Map();
const asked = new Set();
let model;

class Disposable {
  dispose() {}
}

const core = {
  version: '3.9.1',
  hostVersion: '4.1037.0.0',
  Disposable,
  setProgrammingModel: (given) => (model = given),
  getProgrammingModel: () => model,
  registerFunction: (metadata, callback) => {
    functions.set(metadata.name, {
      metadata,
      callback,
      times: (functions.get(metadata.name)?.times ?? 0) + 1,
    });
    return new Disposable();
  },
  registerHook: () => new Disposable(),
  log: () => undefined,
};

const inherited = Module.prototype.require;
Module.prototype.require = function (id) {
  if (id === '@azure/functions-core') return core;
  if (/^(node:)?sqlite$/.test(id)) throw new Error(`${this.filename} loads SQLite`);
  asked.add(id);
  return inherited.call(this, id);
};
const compile = Module.prototype._compile;
Module.prototype._compile = function (content, filename, ...rest) {
  if (notOfTheApp.some((folder) => filename.startsWith(folder))) throw new Error(`${filename} is loaded`);
  return compile.call(this, content, filename, ...rest);
};

function loadedModules() {
  return {
    files: Object.keys(require.cache).map((file) => relative(root, file)),
    builtins: process.moduleLoadList,
  };
}

async function invoke({ name, inputData, triggerMetadata }) {
  const { metadata, callback } = functions.get(name);
  const logged = [];
  const request = {
    invocationId: '00000000-0000-4000-8000-000000000000',
    inputData,
    triggerMetadata,
    traceContext: { traceParent: '', traceState: '', attributes: {} },
    retryContext: null,
  };
  const log = (level, category, message) => logged.push(`${level}: ${message}`);
  const invocation = model.getInvocationModel({ ...request, metadata, request, log, state: undefined });
  const { context, inputs } = await invocation.getArguments();
  const result = await invocation.invokeFunction(context, inputs, callback);
  return { response: await invocation.getResponse(context, result), logged };
}

process.on('message', ({ id, call, given }) => {
  const answer = call === 'modules' ? Promise.resolve(loadedModules()) : invoke(given);
  answer.then(
    (value) => process.send({ id, value }),
    (error) => process.send({ id, error: { name: error.name, message: error.message } }),
  );
});
process.on('disconnect', () => process.exit());

const { main } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
if (!existsSync(join(root, main))) throw new Error(`main is ${main}, and there is no such file`);
require(join(root, main));
process.send({
  registered: [...functions.values()].map(({ metadata, times }) => ({ ...metadata, times })),
  model: { name: model.name, version: model.version },
});
