/** What the proxy takes for a request: where it lies in the stream, and what it asks for. */
export interface BelievedRequest {
  readonly start: number;
  readonly end: number;
  readonly method: string;
  /** Host and path: the proxy's cache is a list under such names. */
  readonly address: string;
}

/** What the proxy takes for a response. */
export interface BelievedResponse {
  readonly start: number;
  readonly end: number;
  readonly body: string;
}

const REQUEST_LINE = /^(GET|HEAD|POST) (\S+) HTTP\/1\.[01]$/;
const STATUS_LINE = /^HTTP\/1\.[01] \d{3}/;

/**
 * Reads a client's bytes as HTTP, as a proxy does that has never heard of WebSocket and is not strict: a line that is
 * no request line is skipped.
 *
 * @returns the first request that it believes to see; undefined where there is none
 */
export function findRequest(bytes: Uint8Array): BelievedRequest | undefined {
  const lines = linesOf(bytes);
  const first = lines.findIndex(({ text }) => REQUEST_LINE.test(text));
  const [, method = '', target = ''] = REQUEST_LINE.exec(lines[first]?.text ?? '') ?? [];
  const end = lines.findIndex(({ text }, i) => i > first && text === '');
  if (first < 0 || end < 0) return undefined;
  const host = lines.slice(first + 1, end).find(({ text }) => /^host:/i.test(text));
  if (host === undefined) return undefined;
  const address = `http://${host.text.slice(5).trim()}${target}`;
  return { start: lines[first]?.start ?? 0, end: lines[end]?.end ?? 0, method, address };
}

/** The same for what a server sends: everything behind the first head that it believes to see is the body. */
export function findResponse(bytes: Uint8Array): BelievedResponse | undefined {
  const lines = linesOf(bytes);
  const first = lines.findIndex(({ text }) => STATUS_LINE.test(text));
  const end = lines.findIndex(({ text }, i) => i > first && text === '');
  if (first < 0 || end < 0) return undefined;
  const bodyStart = lines[end]?.end ?? 0;
  return { start: lines[first]?.start ?? 0, end: bytes.length, body: latin1(bytes.subarray(bodyStart)) };
}

interface Line {
  /** Without its CR LF. */
  readonly text: string;
  readonly start: number;
  /** Behind its CR LF. */
  readonly end: number;
}

/** The lines that end in CR LF; what comes after the last of them is not one yet. */
function linesOf(bytes: Uint8Array): Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (let i = 1; i < bytes.length; i++) {
    if (bytes[i - 1] !== 0x0d || bytes[i] !== 0x0a || i - 1 < start) continue;
    lines.push({ text: latin1(bytes.subarray(start, i - 1)), start, end: i + 1 });
    start = i + 1;
  }
  return lines;
}

/** Each byte as the character of its number: HTTP's heads are read so. */
function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}
