// Checks a /reverse: node examples/reverse/check.ts ws://localhost:8080/reverse
const CASES: readonly (readonly [sent: string, expected: string, what: string])[] = [
  ['abc', 'cba', 'letters'],
  ['', '', 'an empty text'],
  ['grün', 'nürg', 'a letter of two bytes'],
  ['e\u0301a', 'ae\u0301', 'a letter and its accent, two code points'],
  ['👍🏽!', '!👍🏽', 'an emoji with a skin tone'],
  ['👨‍👩‍👧?', '?👨‍👩‍👧', 'a family, five code points'],
  ['🇩🇪🇫🇷', '🇫🇷🇩🇪', 'two flags, two code points each'],
  ['a\r\nb', 'b\r\na', 'the end of a line'],
  ['\ufeffa', 'a\ufeff', 'a byte order mark, which is a character here'],
];
const PATIENCE_MS = 5_000;

const [, , url = 'ws://localhost:8080/reverse'] = process.argv;
let failed = 0;
const show = (text: string) =>
  JSON.stringify(text).replace(/[^ -~]/gu, (c) => `\\u{${c.codePointAt(0)?.toString(16)}}`);
const note = (ok: boolean, what: string, more: string): void => {
  if (!ok) failed++;
  console.log(`${ok ? 'ok    ' : 'failed'}  ${what}${ok ? '' : `: ${more}`}`);
};

/** The next event of these types, or a sentence if none comes. */
function next(socket: WebSocket, ...types: string[]): Promise<Event | string> {
  return new Promise((resolve) => {
    const heard = new AbortController();
    const done = (event: Event | string): void => {
      clearTimeout(timer);
      heard.abort();
      resolve(event);
    };
    const timer = setTimeout(() => done('nothing came'), PATIENCE_MS);
    for (const type of types) socket.addEventListener(type, done, { signal: heard.signal });
  });
}

const socket = new WebSocket(url);
const opened = await next(socket, 'open', 'close', 'error');
if (typeof opened === 'string' || opened.type !== 'open') {
  console.log(`${url} does not open. Is the server running, and is the path in both tables?`);
  process.exit(1);
}
for (const [sent, expected, what] of CASES) {
  socket.send(sent);
  const event = await next(socket, 'message', 'close');
  const got = event instanceof MessageEvent ? show(String(event.data)) : 'no message';
  note(got === show(expected), what, `${show(sent)} came back as ${got}, not ${show(expected)}`);
}
socket.send(new Uint8Array([1, 2, 3]));
const end = await next(socket, 'close', 'message');
const code = end instanceof CloseEvent ? String(end.code) : 'no close frame';
note(code === '1003', 'binary bytes are refused', `${code}, not 1003`);
socket.close();
console.log(failed === 0 ? 'All right.' : `${failed} of ${CASES.length + 1} failed.`);
process.exitCode = failed === 0 ? 0 : 1;
