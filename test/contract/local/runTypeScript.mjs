// Runs a TypeScript module in a process of its own: node runTypeScript.mjs <module> <arguments>
import { createRequire, Module } from 'node:module';
import { resolve } from 'node:path';

const require = createRequire(import.meta.url);
const { transformFileSync } = require('@swc/core');

Module._extensions['.ts'] = (module, file) => {
  const options = {
    jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
  };
  module._compile(transformFileSync(file, { ...options, swcrc: false }).code, file);
};

process.argv.splice(1, 1);
require(resolve(process.argv[1]));
