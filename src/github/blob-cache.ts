/** Contents by blob SHA; a blob never changes, so nothing here can be stale. */
export interface BlobCache {
  get(sha: string): Uint8Array | undefined;
  set(sha: string, content: Uint8Array): void;
}

/** Holds the newest blobs up to `maxBytes` in all, so that a policy reload fetches only what changed. */
export function createBlobCache(maxBytes: number): BlobCache {
  const blobs = new Map<string, Uint8Array>();
  let bytes = 0;
  return {
    get: (sha) => blobs.get(sha),
    set(sha, content) {
      if (blobs.has(sha) || content.byteLength > maxBytes / 4) return;
      blobs.set(sha, content);
      bytes += content.byteLength;
      for (const [oldest, { byteLength }] of blobs) {
        if (bytes <= maxBytes) break;
        blobs.delete(oldest);
        bytes -= byteLength;
      }
    },
  };
}
