import type { BlobMetadata } from '../blobMetadata';
import type { LocalDatabase } from './localDatabase';

/**
 * The metadata of blobs that are files, by the fingerprint of the file. It is written before the file gets
 * its name, so no blob is ever seen without it; a row whose file never came, or was replaced by hand, is
 * found by nobody.
 */
export class MetadataIndex {
  constructor(private readonly database: LocalDatabase) {}

  find(fingerprint: string): BlobMetadata {
    const found = this.database.row('SELECT metadata FROM blob_metadata WHERE fingerprint = ?', fingerprint);
    return found === undefined ? {} : (JSON.parse(String(found['metadata'])) as BlobMetadata);
  }

  put(fingerprint: string, metadata: BlobMetadata): void {
    if (Object.keys(metadata).length === 0) return;
    const text = JSON.stringify(metadata);
    this.database.change('INSERT OR REPLACE INTO blob_metadata VALUES (?, ?)', fingerprint, text);
  }

  forget(fingerprint: string): void {
    this.database.change('DELETE FROM blob_metadata WHERE fingerprint = ?', fingerprint);
  }
}
