import { localSuffix } from '../../shared/blobService/serviceUrl';
import { services } from '../services';
import { baseOf } from './baseUrl';
import { openRoute } from './openRoute';
import type { OpenOperation } from './operation';
import { accountOf } from './resources/storageAccount';

/** The name of the cloud that a host is. */
const cloudName = 'Batchpoint';

const cloudMetadata: OpenOperation = {
  access: 'anybody',
  methods: ['GET'],
  path: 'metadata/endpoints',
  summary: 'Tells clients of Azure that this host is a cloud of its own, and its addresses.',
  answers: { 200: 'CloudMetadata' },
};
openRoute('cloudMetadata', cloudMetadata, async (request) => {
  const base = baseOf(request);
  const { storage } = await services();
  return {
    status: 200,
    jsonBody: {
      name: cloudName,
      // Clients read the audience of their tokens for jobs out of the end of this name: https://ml.azure.com.
      portal: 'https://portal.azure.com/',
      resourceManager: `${base}/`,
      authentication: { loginEndpoint: `${base}/`, audiences: [`${base}/`], tenant: 'local' },
      suffixes: { storage: storage === undefined ? localSuffix : accountOf(storage.url).endpoint },
    },
  };
});

const discovery: OpenOperation = {
  access: 'anybody',
  methods: ['GET'],
  path: 'discovery',
  summary: 'Tells where the services of a workspace are: all of them are this host.',
  answers: { 200: 'Discovery' },
};
openRoute('discovery', discovery, (request) => {
  const base = baseOf(request);
  const jsonBody = { api: base, experimentation: base, history: base, modelmanagement: base, studio: base };
  return Promise.resolve({ status: 200, jsonBody });
});
