import { encodeText } from '../../text/utf8.ts';
import { type Choice, PARTS, type PartName, partNamed, type Site } from './parts.ts';

/** What was chosen for each part; a part that is off is left out. */
export interface Request {
  readonly choices: Readonly<Record<PartName, string>>;
  readonly off: readonly PartName[];
  readonly site: Site;
}

/** One line as it goes on the wire. */
export interface RequestLine {
  readonly text: string;
  /** The bytes behind the text; empty where the request stops. */
  readonly end: '\r\n' | '\n' | '';
  readonly part: PartName;
}

/** The current choice of a part. */
export function choiceOf({ choices }: Request, name: PartName): Choice {
  const part = partNamed(name);
  const choice = part.choices.find(({ id }) => id === choices[name]) ?? part.choices[0];
  if (choice === undefined) throw new RangeError(`The part "${name}" has no choices.`);
  return choice;
}

/** The request, line by line, its empty line included. RFC 9112 §2.1. */
export function requestLines(request: Request): RequestLine[] {
  const { site, off } = request;
  const chosen = (name: PartName) => choiceOf(request, name).values(site)[0] ?? '';
  const lines: RequestLine[] = [
    { text: `${chosen('method')} ${chosen('path')} HTTP/${chosen('http')}`, end: '\r\n', part: 'method' },
  ];
  for (const { name, header } of PARTS) {
    if (header === undefined || off.includes(name)) continue;
    for (const value of choiceOf(request, name).values(site)) {
      lines.push({ text: `${spell(header, request)}: ${value}`, end: '\r\n', part: name });
    }
  }
  return deform([...lines, { text: '', end: '\r\n', part: 'form' }], choiceOf(request, 'form').id);
}

/** The request's bytes; characters beyond ASCII, which only a typed key can hold, are written in UTF-8. */
export function requestBytes(request: Request): Uint8Array<ArrayBuffer> {
  return encodeText(
    requestLines(request)
      .map(({ text, end }) => text + end)
      .join(''),
  );
}

function spell(header: string, request: Request): string {
  const { id } = choiceOf(request, 'names');
  if (id === 'lower') return header.toLowerCase();
  return id === 'upper' ? header.toUpperCase() : header;
}

/** Breaks the form of one line: the last header's, since any would do. */
function deform(lines: readonly RequestLine[], form: string): RequestLine[] {
  const last = lines.length - 2;
  const line = lines[last];
  const end = lines.at(-1);
  if (line === undefined || end === undefined || last < 1) return [...lines];
  const head = lines.slice(0, last);
  if (form === 'space') return [...head, { ...line, text: line.text.replace(':', ' :') }, end];
  if (form === 'lf') return [...head, { ...line, end: '\n' }, end];
  if (form === 'open') return [...head, line];
  if (form !== 'folded') return [...lines];
  const cut = line.text.indexOf(':') + 1;
  const rest = { ...line, text: line.text.slice(cut), part: 'form' as const };
  return [...head, { ...line, text: line.text.slice(0, cut) }, rest, end];
}
