import { KeyLog } from '../../../inspector/formats/captures/tls/key-log.ts';
import { countNoun } from '../../../text/count.ts';
import type { Sender } from '../../base/address/decode-address.ts';
import { type NamedBlob, readFileSource } from './read-file.ts';
import type { FileSource, ReadResult } from './read-source.ts';

/** In bytes. A longer file is no key log. */
const MAX_KEY_LOG_BYTES = 16 * 1024 * 1024;
/** In bytes. A key log shows itself so early. */
const KEY_LOG_HEAD = 4096;

/** What was read, and the file that it was read from. */
export interface FilesRead {
  readonly result: ReadResult;
  /** Undefined if only a key log was given, and no recording before it. */
  readonly file: NamedBlob | undefined;
}

/** Reads the files that a reader chooses or drops. TLS key logs are kept for the recordings before and after them. */
export class FilesReader {
  #keyLog = '';
  #latest: NamedBlob | undefined;

  /** @param onMore called after each piece of a recording */
  async read(
    files: readonly NamedBlob[],
    sender: Sender,
    onMore?: (read: FileSource, file: NamedBlob) => void,
  ): Promise<FilesRead> {
    const recordings: NamedBlob[] = [];
    let secrets = 0;
    for (const file of files) {
      const log = await keyLogOf(file);
      if (log === undefined) recordings.push(file);
      else {
        secrets += log.secrets;
        this.#keyLog += `${log.text}\n`;
      }
    }
    const [file = secrets > 0 ? this.#latest : undefined, ...others] = recordings;
    if (file === undefined) {
      const sentence = `This is a TLS key log with ${countNoun(secrets, 'secret')}, and no traffic is in it. Choose or drop the capture that it belongs to.`;
      return { result: { problem: { sentence } }, file };
    }
    this.#latest = file;
    const result = await readFileSource(file, sender, this.#keyLog, (read) => onMore?.(read, file));
    if (others.length === 0 || 'problem' in result) return { result, file };
    return { result: { ...result, notes: [...result.notes, ONE_FILE] }, file };
  }
}

const ONE_FILE = 'Only the first of the files was read. Choose one at a time, with its key log.';

async function keyLogOf(file: NamedBlob): Promise<{ readonly text: string; readonly secrets: number } | undefined> {
  if (file.size > MAX_KEY_LOG_BYTES) return undefined;
  const head = await file.slice(0, KEY_LOG_HEAD).text();
  if (!/^\s*(?:#[^\n]*\n\s*)*[A-Z0-9_]+ [0-9a-f]{64} [0-9a-f]+/i.test(head)) return undefined;
  const text = await file.text();
  const log = new KeyLog();
  log.add(text);
  return log.size === 0 ? undefined : { text, secrets: log.size };
}
