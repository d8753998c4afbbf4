import { fileURLToPath } from 'node:url';

/** An echo server and how to start it. `{port}` and `{built}` in its commands are placeholders. */
export interface Peer {
  /** The name of the recording and of its page. */
  readonly id: string;
  /** The name that people use. */
  readonly name: string;
  /** The package that contains it. */
  readonly package: string;
  /** The path of the echo server, from the project's root. */
  readonly program: string;
  /** The command that installs the library. */
  readonly install: string;
  /** The command that compiles the program, if its language needs one. */
  readonly build?: readonly string[];
  readonly start: readonly string[];
  /** Commands that print one line. */
  readonly version: readonly string[];
  readonly runtime?: readonly string[];
}

const ROOT = new URL('../../', import.meta.url);
const PYTHON = '/usr/bin/python3';

/** Prints the version of a Debian package. `${Version}` is a placeholder of dpkg-query, not of this file. */
const debianVersion = (name: string) => ['dpkg-query', '--show', `--showformat=\${Version}`, name];
const npmVersion = (path: string) => [
  'node',
  '--print',
  `JSON.parse(fs.readFileSync(${JSON.stringify(fileURLToPath(new URL(path, ROOT)))})).version`,
];
const NODE_VERSION = ['node', '--version'];

/** The parts of Netty that the program needs. Debian's netty-all.jar has no classes, and its list of parts is not followed. */
const NETTY = ['buffer', 'codec', 'codec-http', 'common', 'handler', 'resolver', 'transport']
  .map((part) => `/usr/share/java/netty-${part}.jar`)
  .join(':');

const python = (name: string, title: string): Peer => ({
  id: `python3-${name}`,
  name: title,
  package: `python3-${name}`,
  program: `scripts/peers/python3-${name}.py`,
  install: `apt-get install python3-${name}`,
  start: [PYTHON, `scripts/peers/python3-${name}.py`, '{port}'],
  version: debianVersion(`python3-${name}`),
  runtime: [PYTHON, '--version'],
});

const libwebsockets = (id: string, name: string, ...options: string[]): Peer => ({
  id,
  name,
  package: 'libwebsockets-dev',
  program: 'scripts/peers/libwebsockets.c',
  install: 'apt-get install gcc libc6-dev libwebsockets-dev',
  build: ['cc', '-o', '{built}', 'scripts/peers/libwebsockets.c', '-lwebsockets'],
  start: ['{built}', '{port}', ...options],
  version: debianVersion('libwebsockets-dev'),
});

/** All peers, in the order of the results page. */
export const PEERS: readonly Peer[] = [
  {
    id: 'framelight',
    name: 'Framelight',
    package: 'framelight',
    program: 'server/handlers/echo.ts',
    install: 'npm ci',
    start: ['node', 'server/main.ts', 'serve', '--port', '{port}'],
    version: npmVersion('package.json'),
    runtime: NODE_VERSION,
  },
  {
    id: 'ws',
    name: 'ws',
    package: 'ws (npm)',
    program: 'scripts/peers/ws.ts',
    install: 'npm ci',
    start: ['node', 'scripts/peers/ws.ts', '{port}'],
    version: npmVersion('node_modules/ws/package.json'),
    runtime: NODE_VERSION,
  },
  python('websockets', 'websockets'),
  python('aiohttp', 'aiohttp'),
  python('tornado', 'Tornado'),
  {
    id: 'netty',
    name: 'Netty',
    package: 'libnetty-java',
    program: 'scripts/peers/NettyEcho.java',
    install: 'apt-get install default-jdk-headless libnetty-java',
    start: ['java', '-cp', NETTY, 'scripts/peers/NettyEcho.java', '{port}'],
    version: debianVersion('libnetty-java'),
    runtime: ['sh', '-c', String.raw`java --version | sed -n 's/^openjdk \(\S*\).*/OpenJDK \1/p'`],
  },
  libwebsockets('libwebsockets', 'libwebsockets'),
  libwebsockets('libwebsockets-utf8', 'libwebsockets with UTF-8 checks', '--utf8'),
];

/** A command with its placeholders filled in. */
export function fillIn(
  command: readonly string[],
  places: { readonly port?: number; readonly built?: string },
): string[] {
  return command.map((word) =>
    word.replace('{port}', String(places.port ?? '{port}')).replace('{built}', places.built ?? '{built}'),
  );
}

/** The commands with which a reader can repeat a run. */
export function commandsOf({ install, build, start }: Peer): string[] {
  const places = { port: 9001, built: './libwebsockets-echo' };
  return [
    install,
    ...(build === undefined ? [] : [fillIn(build, places).join(' ')]),
    fillIn(start, places).join(' '),
    'npm run -s framelight -- check ws://127.0.0.1:9001/echo',
  ];
}
