import { type FileHandle, open } from 'node:fs/promises';
import { extname } from 'node:path';
import { RECORD_FORMATS, type RecordFormat } from './record-formats.ts';
import type { Cursor, Recording } from './recording.ts';

export interface SaverOptions {
  readonly title: string;
  readonly secrets?: boolean;
  /** The file does not grow beyond this. */
  readonly maxFileBytes?: number;
  /** Saving has stopped; the sentence says why. Connections go on. */
  readonly onProblem: (sentence: string) => void;
}

export const DEFAULT_MAX_FILE_BYTES = 1024 * 1024 * 1024;
/** Written at once. */
const BATCH_BYTES = 256 * 1024;

/** The ends of file names that say in which form to save. */
export const SAVED_FORMS: readonly string[] = Object.keys(RECORD_FORMATS);

/** Writes a recording to a file while it goes on. A slow or full disk never delays a connection. */
export class Saver {
  readonly #file: FileHandle;
  readonly #path: string;
  readonly #recording: Recording;
  readonly #format: RecordFormat;
  readonly #options: SaverOptions;
  readonly #cursor: Cursor;
  readonly #stopListening: () => void;
  #written = 0;
  #failed = false;
  #work: Promise<void> = Promise.resolve();
  #isWorking = false;

  private constructor(file: FileHandle, path: string, recording: Recording, options: SaverOptions) {
    this.#file = file;
    this.#path = path;
    this.#recording = recording;
    this.#options = options;
    const make = RECORD_FORMATS[extname(path)] ?? RECORD_FORMATS['.pcapng'];
    const { title, secrets = false } = options;
    this.#format = (make as NonNullable<typeof make>)({ title, secrets, startedAtWallMs: recording.startedAtWallMs });
    this.#cursor = recording.start();
    this.#stopListening = recording.onAdded(() => this.#wake());
    this.#work = this.#write(this.#format.start());
    this.#wake();
  }

  /**
   * Starts to save everything that the recording still has, and everything that comes.
   *
   * @param path its end chooses the form, one of {@link SAVED_FORMS}
   * @throws NodeJS.ErrnoException if the file cannot be created
   */
  static async start(path: string, recording: Recording, options: SaverOptions): Promise<Saver> {
    return new Saver(await open(path, 'w'), path, recording, options);
  }

  /** The length of the file, in bytes. */
  get byteLength(): number {
    return this.#written;
  }

  /** The names of the secrets that were replaced in the file. */
  get redacted(): readonly string[] {
    return [...this.#format.redacted];
  }

  /** Writes what is left, and closes the file. */
  async close(): Promise<void> {
    this.#stopListening();
    this.#wake();
    await this.#work;
    await this.#write(this.#format.end());
    await this.#file.close().catch(() => {});
  }

  #wake(): void {
    if (this.#isWorking || this.#failed) return;
    this.#isWorking = true;
    this.#work = this.#work.then(() => this.#drain());
  }

  async #drain(): Promise<void> {
    for (;;) {
      const pieces: Uint8Array[] = [];
      let byteLength = 0;
      while (byteLength < BATCH_BYTES) {
        const record = this.#recording.next(this.#cursor);
        if (record === undefined) break;
        if (this.#cursor.lost > 0) {
          const { lost } = this.#cursor;
          this.#cursor.lost = 0;
          this.#options.onProblem(`${this.#path}: the disk is too slow, and ${lost} reads are missing in the file.`);
          pieces.push(this.#format.lost(lost));
        }
        const piece = this.#format.record(record);
        pieces.push(piece);
        byteLength += piece.length;
      }
      if (byteLength === 0 && !this.#recording.hasNext(this.#cursor)) break;
      await this.#write(Buffer.concat(pieces));
    }
    this.#isWorking = false;
  }

  async #write(bytes: Uint8Array): Promise<void> {
    if (this.#failed || bytes.length === 0) return;
    const { maxFileBytes = DEFAULT_MAX_FILE_BYTES, onProblem } = this.#options;
    if (this.#written + bytes.length > maxFileBytes) {
      this.#fail(`${this.#path} has reached its limit of ${maxFileBytes} bytes, and nothing more is saved.`);
      return;
    }
    try {
      await this.#file.writeFile(bytes);
      this.#written += bytes.length;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      const why = code === 'ENOSPC' ? 'the disk is full' : message;
      this.#fail(`${this.#path}: ${why}, and nothing more is saved. Free some space and start again.`, onProblem);
    }
  }

  #fail(sentence: string, tell = this.#options.onProblem): void {
    this.#failed = true;
    this.#stopListening();
    tell(`${sentence} Connections go on.`);
  }
}
