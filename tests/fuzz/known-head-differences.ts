import { METHODS } from 'node:http';
import { joinedBytes } from './mutate.ts';
import { type HeadOutcome, readWholeHead } from './read-head.ts';

/** A head, and what comes of it when the differences passed by so far are allowed for. */
export interface HeadTrial {
  readonly bytes: Uint8Array;
  readonly outcome: HeadOutcome;
}

/** What Node takes for a target: a path, or an address with few signs in its host, and one # at most. */
const NODES_TARGET = /^(?:[/*][^#]*(?:#[^#]*)?|[a-z]+:\/\/[-\w.!~*'()%;:&=+$,[\]@]+(?:[/?][^#]*(?:#[^#]*)?)?)$/i;

/** One way in which Node's parser judges otherwise than this project's, and why that is no mistake here. */
export interface KnownHeadDifference {
  readonly name: string;
  readonly reason: string;
  /** Without this entry this head would be reported. */
  readonly example: string;
  allowFor(trial: HeadTrial, node: HeadOutcome): HeadTrial | undefined;
}

export const KNOWN_HEAD_DIFFERENCES: readonly KnownHeadDifference[] = [
  {
    name: 'empty-lines-first',
    reason: 'Node skips line ends before a request. RFC 9112 §2.2 advises it for what follows a body; none does here.',
    example: '\r\nGET / HTTP/1.1\r\n\r\n',
    allowFor({ bytes }) {
      const start = bytes.findIndex((byte) => byte !== CR && byte !== LF);
      if (start === 0 || bytes.length === 0) return undefined;
      return tryAgain(start === -1 ? new Uint8Array(0) : bytes.subarray(start));
    },
  },
  {
    name: 'spaces-in-request-line',
    reason:
      'Node takes several spaces where RFC 9112 §3 has one. Two readers that mend a line may mend it in two ways.',
    example: 'GET  /  HTTP/1.1\r\n\r\n',
    allowFor({ bytes, outcome }) {
      if (outcome.kind !== 'refused') return undefined;
      const text = Buffer.from(bytes).toString('latin1');
      const single = text.replace(/^[^\r\n]*/, (line) => line.replace(/ +/g, ' '));
      return single === text ? undefined : tryAgain(Buffer.from(single, 'latin1'));
    },
  },
  {
    name: 'early-refusal',
    reason: 'Node refuses at the first wrong byte, here all but the first byte is judged when the head is whole.',
    example: 'GET / HTTP/1.1\r\nX(',
    allowFor({ bytes, outcome }, node) {
      if (outcome.kind !== 'incomplete' || node.kind !== 'refused') return undefined;
      const whole = tryAgain(joinedBytes([bytes, END.subarray(bytes.at(-1) === CR ? 1 : 0)]));
      return whole.outcome.kind === 'incomplete' ? undefined : whole;
    },
  },
  stricter({
    name: 'unknown-method',
    reason: 'Node knows a list of methods; here any token is read, and whoever checks the request refuses all but GET.',
    example: 'FOO / HTTP/1.1\r\n\r\n',
    error: /^HPE_INVALID_METHOD$/,
    shows: ([method]) => !METHODS.includes(method),
  }),
  stricter({
    name: 'form-of-target',
    reason:
      'Node refuses a target that is no path or address; here it is read, and refused where the request is checked.',
    example: 'GET chat HTTP/1.1\r\n\r\n',
    error: /^HPE_INVALID_URL$/,
    shows: ([method, target]) => method === 'CONNECT' || !NODES_TARGET.test(target),
  }),
  stricter({
    name: 'unknown-version',
    reason: 'Node knows the versions 0.9, 1.0, 1.1 and 2.0; here any is read, and one below 1.1 refused when checked.',
    example: 'GET / HTTP/1.2\r\n\r\n',
    error: /^HPE_INVALID_VERSION$/,
    shows: ([, , version]) => !['0.9', '1.0', '1.1', '2.0'].includes(version),
  }),
  stricter({
    name: 'length-of-body',
    reason: 'Node reads how long a body is; here any announcement of one is refused when the request is checked.',
    example: 'GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n',
    error: /^HPE_(INVALID_CONTENT_LENGTH|UNEXPECTED_CONTENT_LENGTH|INVALID_TRANSFER_ENCODING)$/,
    shows: (_, names) => names.includes('content-length') || names.includes('transfer-encoding'),
  }),
  {
    name: 'no-version',
    reason: 'Node takes a first line without a version for HTTP/0.9; here it is refused, as RFC 9112 §3 has it.',
    example: 'GET /\r\n\r\n',
    allowFor({ bytes, outcome }, node) {
      const isOld = node.kind === 'complete' && node.firstLine.endsWith(' 0.9');
      return isOld && outcome.kind === 'refused' ? { bytes, outcome: node } : undefined;
    },
  },
  {
    name: 'http2-preface',
    reason: 'After the method PRI Node waits for the rest of what opens HTTP/2; here it is a method that is not GET.',
    example: 'PRI / HTTP/1.1\r\n\r\n',
    allowFor({ bytes, outcome }, node) {
      const isPreface = node.kind !== 'complete' && outcome.kind === 'complete' && outcome.firstLine.startsWith('PRI ');
      return isPreface ? { bytes, outcome: node } : undefined;
    },
  },
];

const CR = 0x0d;
const LF = 0x0a;
const END = Buffer.from('\r\n\r\n');

function tryAgain(bytes: Uint8Array): HeadTrial {
  return { bytes, outcome: readWholeHead(bytes) };
}

/** A head that is read here and refused by Node, with this error, where `shows` says why. */
function stricter(difference: {
  readonly name: string;
  readonly reason: string;
  readonly example: string;
  readonly error: RegExp;
  shows(firstLine: readonly [method: string, target: string, version: string], names: readonly string[]): boolean;
}): KnownHeadDifference {
  const { name, reason, example, error, shows } = difference;
  return {
    name,
    reason,
    example,
    allowFor({ bytes, outcome }, node) {
      if (outcome.kind !== 'complete' || node.kind !== 'refused' || !error.test(node.why)) return undefined;
      const [method = '', target = '', version = ''] = outcome.firstLine.split(' ');
      const names = outcome.headers.filter((_, i) => i % 2 === 0).map((headerName) => headerName.toLowerCase());
      return shows([method, target, version], names) ? { bytes, outcome: node } : undefined;
    },
  };
}
