import { failure, isFailure, type BatchpointError } from '../errors/batchpointError';
import type { ErrorCode } from '../errors/catalogue';
import { checkContainerName } from '../stores/blobName';
import type { LocalBlobStore } from '../stores/local/localBlobStore';
import type { BlobAnswer, BlobRequest } from './blobRequest';
import { artifactContainer, type ReadableBlobs } from './artifactStore';
import { putBlock, putBlockList } from './blocks';
import { listBlobs } from './listBlobs';
import { readBlob } from './readBlob';
import { protocolVersion, type Permission, type SharedAccess } from './sharedAccess';
import { deleteBlob, putBlob, setMetadata, setProperties } from './writeBlob';
import { documentOf, element } from './xml';

/** What the service works with. */
interface ServiceParts {
  readonly access: SharedAccess;
  readonly container: (name: string) => LocalBlobStore;
  /** What there is to read only. */
  readonly artifacts: ReadableBlobs;
  /** Where blocks wait for their list. */
  readonly blocks: LocalBlobStore;
  /** Which containers there are for clients; others are as if they were not there. */
  readonly isServed: (container: string) => boolean;
}

/** An operation of the protocol, and the permissions of which one allows it. */
type Operation = { readonly anyOf: readonly Permission[] } & (
  | { readonly read: (blobs: ReadableBlobs) => BlobAnswer | Promise<BlobAnswer> }
  | { readonly write: (store: LocalBlobStore) => Promise<BlobAnswer> }
);

/**
 * The part of the Blob protocol of Azure Storage that clients upload and download with, in front of local containers.
 * Each request has to carry a shared access signature for its container.
 */
export class BlobService {
  constructor(private readonly parts: ServiceParts) {}

  /** Answers a request; whatever is wrong with it becomes an answer too. `service` is the URL that it was sent to. */
  async answer(request: BlobRequest, service: string): Promise<BlobAnswer> {
    const { container: name, query } = request;
    const operation = this.operation(request, service);
    this.parts.access.verify(query, name, operation.anyOf);
    checkContainerName(name);
    const answer = await this.run(operation, name);
    return { ...answer, headers: { 'x-ms-version': protocolVersion, ...answer.headers } };
  }

  private run(operation: Operation, name: string): BlobAnswer | Promise<BlobAnswer> {
    const { artifacts, container, isServed } = this.parts;
    if (name === artifactContainer && 'read' in operation) return operation.read(artifacts);
    if (!isServed(name)) throw failure('ContainerNotFound', { container: name });
    const store = container(name);
    return 'read' in operation ? operation.read(store) : operation.write(store);
  }

  private operation(request: BlobRequest, service: string): Operation {
    const { blocks } = this.parts;
    const { blob, method, query } = request;
    const component = query.get('comp') ?? '';
    const isContainer = query.get('restype') === 'container';
    if (request.header('x-ms-copy-source') !== undefined) throw unsupported('copies from a URL');
    if (query.has('snapshot') || query.has('versionid')) throw unsupported('snapshots and versions');
    const key = `${isContainer || blob === '' ? 'container' : 'blob'} ${method} ${component}`.trim();
    switch (key) {
      case 'container GET list':
        return { anyOf: ['l'], read: (blobs) => listBlobs(blobs, service, request) };
      case 'container GET':
      case 'container HEAD':
        return { anyOf: ['r', 'l'], read: () => containerProperties };
      case 'blob GET':
      case 'blob HEAD':
      case 'blob HEAD metadata':
        return { anyOf: ['r'], read: (blobs) => readBlob(blobs, request) };
      case 'blob PUT':
        return { anyOf: ['w', 'c'], write: (store) => putBlob(store, request) };
      case 'blob PUT block':
        return { anyOf: ['w', 'c'], write: () => putBlock(blocks, request) };
      case 'blob PUT blocklist':
        return { anyOf: ['w', 'c'], write: (store) => putBlockList(store, blocks, request) };
      case 'blob PUT metadata':
        return { anyOf: ['w'], write: (store) => setMetadata(store, request) };
      case 'blob PUT properties':
        return { anyOf: ['w'], write: (store) => setProperties(store, request) };
      case 'blob DELETE':
        return { anyOf: ['d'], write: (store) => deleteBlob(store, request) };
      default:
        throw unsupported(`the operation ${key}`);
    }
  }
}

const containerProperties: BlobAnswer = {
  status: 200,
  headers: {
    'last-modified': new Date(0).toUTCString(),
    etag: '"0x0"',
    'x-ms-lease-state': 'available',
    'x-ms-lease-status': 'unlocked',
    'x-ms-has-immutability-policy': 'false',
    'x-ms-has-legal-hold': 'false',
  },
};

/** The codes of the stores as clients of Azure Storage know them. */
const wireCodes: Readonly<Partial<Record<ErrorCode, string>>> = {
  BlobExists: 'BlobAlreadyExists',
  BlobChanged: 'ConditionNotMet',
  BlobNameInvalid: 'InvalidResourceName',
  BlobMetadataInvalid: 'InvalidMetadata',
  ContainerNameInvalid: 'InvalidResourceName',
  StoreUnavailable: 'ServerBusy',
};

/** The answer to a request that failed: the error in XML, and its code in a header, which is all that HEAD shows. */
export function blobErrorAnswer(error: unknown): BlobAnswer {
  const known: BatchpointError = isFailure(error) ? error : failure('InternalError', { id: 'host.log' });
  const code = wireCodes[known.code] ?? known.code;
  const body = documentOf(element('Error', [element('Code', code), element('Message', known.message)]));
  return {
    status: known.status,
    headers: { 'content-type': 'application/xml', 'x-ms-error-code': code, 'x-ms-version': protocolVersion },
    body,
  };
}

function unsupported(operation: string): Error {
  return failure('UnsupportedOperation', { operation });
}
