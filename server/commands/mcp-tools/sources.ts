import { realpath, stat } from 'node:fs/promises';
import { sep } from 'node:path';
import { redactTraffic } from '../../../src/inspector/report/redact-traffic.ts';
import type { TrafficMessage } from '../../../src/inspector/traffic/traffic-explainer.ts';
import { BadInput } from '../command.ts';
import { open } from '../open.ts';
import { isLiveSource, LiveTap } from './live-tap.ts';

/** The messages of a source, without its secrets. */
export interface SourceRead {
  /** `a pcap capture`, or `a running companion`. */
  readonly form: string;
  readonly messages: readonly TrafficMessage[];
  /** What was replaced, such as `Cookie`. */
  readonly redacted: readonly string[];
  /** Remarks of the reader, one a line. */
  readonly remarks: string;
}

/** In characters. A longer recording is read in parts: by the command, and its output filtered. */
const MAX_JSON_CHARACTERS = 256 * 1024 * 1024;

/** The oldest one is closed first. */
const MAX_TAPS = 8;

/** Reads recordings and running companions. The last file is kept, because an agent asks about it several times. */
export class Sources {
  #last: { readonly key: string; readonly read: SourceRead } | undefined;
  readonly #taps = new Map<string, LiveTap>();
  readonly #folder: string | undefined;

  /** @param folder the only one whose files may be opened, its path without links */
  constructor(folder?: string) {
    this.#folder = folder;
  }

  /**
   * @param source the path of a file, or the address of a companion or proxy on this machine
   * @throws BadInput if it cannot be read
   */
  async read(source: string): Promise<SourceRead> {
    if (isLiveSource(source)) return this.#readLive(source);
    if (this.#folder !== undefined) await refuseOutside(this.#folder, source);
    const key = await keyOf(source);
    if (this.#last?.key === key) return this.#last.read;
    const read = await readFile(source);
    this.#last = { key, read };
    return read;
  }

  close(): void {
    for (const tap of this.#taps.values()) tap.close();
  }

  async #readLive(source: string): Promise<SourceRead> {
    const known = this.#taps.get(source);
    const tap = known === undefined || known.isOver ? await this.#startTap(source, known) : known;
    await tap.ready();
    return withoutSecrets('a running companion', tap.messages, tap.remarks);
  }

  /** A companion that has ended may run again. If it does not, what it did is still known. */
  async #startTap(source: string, before: LiveTap | undefined): Promise<LiveTap> {
    const tap = new LiveTap(source);
    try {
      await tap.opened;
    } catch (error) {
      if (before !== undefined) return before;
      throw error;
    }
    this.#taps.delete(source);
    this.#taps.set(source, tap);
    const [oldest] = this.#taps;
    if (this.#taps.size > MAX_TAPS && oldest !== undefined) {
      oldest[1].close();
      this.#taps.delete(oldest[0]);
    }
    return tap;
  }
}

/**
 * Changes when the file does.
 *
 * @throws BadInput for what is no file: reading a pipe or a device might never end
 */
async function keyOf(path: string): Promise<string> {
  if (path === '' || path === '-') throw new BadInput('Give the path of a file.');
  const found = await stat(path).catch(() => undefined);
  if (found !== undefined && !found.isFile() && !found.isDirectory()) throw new BadInput(`${path} is not a file.`);
  const { mtimeMs = 0, size = 0 } = found ?? {};
  return `${path} ${mtimeMs} ${size}`;
}

/** A link in the folder can lead out of it, so the file itself decides. */
async function refuseOutside(folder: string, path: string): Promise<void> {
  // A file that is missing may not be told from one that is elsewhere.
  const real = await realpath(path).catch(() => '');
  if (real.startsWith(folder.endsWith(sep) ? folder : folder + sep)) return;
  throw new BadInput(
    `There is no file ${path} in ${folder}. Only files in that folder may be opened: mcp has --folder.`,
  );
}

async function readFile(path: string): Promise<SourceRead> {
  let [json, remarks] = ['', ''];
  // A path is never an option.
  const args = ['--json', path.startsWith('-') ? `./${path}` : path];
  const status = await open.run(args, {
    out(text) {
      json += text;
      if (json.length > MAX_JSON_CHARACTERS)
        throw new BadInput(`${path} is too long to be read whole. Cut out the part that matters, such as one minute.`);
    },
    err(text) {
      remarks += text;
    },
  });
  if (status !== 0) throw new BadInput(remarks);
  const [, form = 'a recording'] = /^Read as: (.*)\.$/m.exec(remarks) ?? [];
  const messages = json.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as TrafficMessage]));
  return withoutSecrets(form, messages, remarks.replace(/^Read as: .*\n/m, '').trim());
}

function withoutSecrets(form: string, messages: readonly TrafficMessage[], remarks: string): SourceRead {
  const redacted = new Set<string>();
  const shown = messages.map((message) => redactTraffic(message, redacted));
  return { form, messages: shown, redacted: [...redacted], remarks };
}
