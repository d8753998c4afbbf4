import { fileURLToPath } from 'node:url';

/** A server that sends every message back, and how to start it. In commands, `{port}` and `{built}` are filled in. */
export interface Peer {
  /** Names the recording, and the page made from it. */
  readonly id: string;
  readonly name: string;
  /** The echo server, from the project's root. */
  readonly program: string;
  /** How the library is installed. */
  readonly install: string;
  /** What makes a program of the source; only where the language needs it. */
  readonly build?: readonly string[];
  readonly start: readonly string[];
  /** Each prints one line. */
  readonly version: readonly string[];
  readonly runtime?: readonly string[];
}

const ROOT = new URL('../../', import.meta.url);
const PYTHON = '/usr/bin/python3';

/** What dpkg knows of a package; the place of the version is its own notation, not ours. */
const debianVersion = (name: string) => ['dpkg-query', '--show', `--showformat=\${Version}`, name];
const npmVersion = (path: string) => [
  'node',
  '--print',
  `JSON.parse(fs.readFileSync(${JSON.stringify(fileURLToPath(new URL(path, ROOT)))})).version`,
];
const NODE_VERSION = ['node', '--version'];

const python = (name: string): Peer => ({
  id: `python3-${name}`,
  name: `python3-${name}`,
  program: `scripts/peers/python3-${name}.py`,
  install: `apt-get install python3-${name}`,
  start: [PYTHON, `scripts/peers/python3-${name}.py`, '{port}'],
  version: debianVersion(`python3-${name}`),
  runtime: [PYTHON, '--version'],
});

const libwebsockets = (id: string, name: string, ...options: string[]): Peer => ({
  id,
  name,
  program: 'scripts/peers/libwebsockets.c',
  install: 'apt-get install gcc libc6-dev libwebsockets-dev',
  build: ['cc', '-o', '{built}', 'scripts/peers/libwebsockets.c', '-lwebsockets'],
  start: ['{built}', '{port}', ...options],
  version: debianVersion('libwebsockets-dev'),
});

/** In the order of the page. */
export const PEERS: readonly Peer[] = [
  {
    id: 'framelight',
    name: 'framelight',
    program: 'server/handlers/echo.ts',
    install: 'npm ci',
    start: ['node', 'server/main.ts', 'serve', '--port', '{port}'],
    version: npmVersion('package.json'),
    runtime: NODE_VERSION,
  },
  {
    id: 'ws',
    name: 'ws',
    program: 'scripts/peers/ws.ts',
    install: 'npm ci',
    start: ['node', 'scripts/peers/ws.ts', '{port}'],
    version: npmVersion('node_modules/ws/package.json'),
    runtime: NODE_VERSION,
  },
  python('websockets'),
  python('aiohttp'),
  python('tornado'),
  libwebsockets('libwebsockets', 'libwebsockets'),
  libwebsockets('libwebsockets-utf8', 'libwebsockets, told to check UTF-8', '--utf8'),
];

/** A command with its places filled in. */
export function fillIn(
  command: readonly string[],
  places: { readonly port?: number; readonly built?: string },
): string[] {
  return command.map((word) =>
    word.replace('{port}', String(places.port ?? '{port}')).replace('{built}', places.built ?? '{built}'),
  );
}

/** The commands that repeat a run by hand. */
export function commandsOf({ install, build, start }: Peer): string[] {
  const places = { port: 9001, built: './libwebsockets-echo' };
  return [
    install,
    ...(build === undefined ? [] : [fillIn(build, places).join(' ')]),
    fillIn(start, places).join(' '),
    'npm run -s framelight -- check ws://127.0.0.1:9001/echo',
  ];
}
