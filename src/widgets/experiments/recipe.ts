/** What a recipe needs from its page. The code to paste gets the same three from its first lines. */
export interface Tools {
  /** The address of a path of the companion. */
  readonly address: (path: string) => string;
  readonly log: (line: string) => void;
  /** Waits for an event of a socket. */
  readonly next: (socket: EventTarget, event: string) => Promise<Event>;
}

export type Recipe = (tools: Tools) => Promise<void>;

/** The first lines of the code to paste. The hash of the page's address is its token. */
const FIRST_LINES = [
  'const log = console.log;',
  'const next = (socket, event) => new Promise((done) => socket.addEventListener(event, done, { once: true }));',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is code for the console
  'const address = (path) => `ws://${location.host}${path}?${location.hash.slice(1)}`;',
];

/**
 * Makes code to paste into the browser's console of the source of a recipe.
 *
 * @param source one function, as it stands in its file
 * @throws RangeError if the file has another form
 */
export function codeToPaste(source: string): string {
  const body = /^export default async \(\{[\w, ]+\}\) => \{\n([\s\S]*)\n\};\n$/.exec(source)?.[1];
  if (body === undefined) throw new RangeError('a recipe is one async function and nothing else');
  return ['{', ...FIRST_LINES.map((line) => `  ${line}`), body, '}'].join('\n');
}
