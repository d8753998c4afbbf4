import { fileURLToPath } from 'node:url';

/** A client program that echoes, and how to start it: with the address of the suite's server and a name. */
export interface RecordedClient {
  /** The name of the recording. */
  readonly id: string;
  /** The name that people use. */
  readonly name: string;
  readonly package: string;
  readonly program: string;
  readonly install: string;
  readonly start: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Commands that print one line. */
  readonly version: readonly string[];
  readonly runtime?: readonly string[];
}

const ROOT = new URL('../../', import.meta.url);
const PYTHON = '/usr/bin/python3';
const NODE_VERSION = ['node', '--version'];
const debianVersion = (name: string) => ['dpkg-query', '--show', `--showformat=\${Version}`, name];
const npmVersion = (path: string) => [
  'node',
  '--print',
  `JSON.parse(fs.readFileSync(${JSON.stringify(fileURLToPath(new URL(path, ROOT)))})).version`,
];

const python = (name: string, title: string, file = `python3-${name}`): RecordedClient => ({
  id: `python3-${name}`,
  name: title,
  package: `python3-${name}`,
  program: `scripts/clients/${file}.py`,
  install: `apt-get install python3-${name}`,
  start: [PYTHON, `scripts/clients/${file}.py`],
  version: debianVersion(`python3-${name}`),
  runtime: [PYTHON, '--version'],
});

/** In the order of the page. */
export const CLIENTS: readonly RecordedClient[] = [
  {
    id: 'framelight',
    name: 'This site’s core',
    package: 'framelight',
    program: 'scripts/clients/framelight.ts',
    install: 'npm ci',
    start: ['node', 'scripts/clients/framelight.ts'],
    version: npmVersion('package.json'),
    runtime: NODE_VERSION,
  },
  {
    id: 'chromium',
    name: 'Chromium',
    package: '@sparticuz/chromium (npm)',
    program: 'scripts/clients/chromium.ts',
    install: 'npm ci',
    start: ['node', 'scripts/clients/chromium.ts'],
    version: ['node', 'scripts/clients/chromium.ts', '--version'],
  },
  {
    id: 'node',
    name: 'Node (undici)',
    package: 'Node',
    program: 'scripts/clients/node.ts',
    install: 'npm ci',
    start: ['node', 'scripts/clients/node.ts'],
    version: ['node', '--print', 'process.versions.node'],
  },
  {
    id: 'ws',
    name: 'ws',
    package: 'ws (npm)',
    program: 'scripts/clients/ws.ts',
    install: 'npm ci',
    start: ['node', 'scripts/clients/ws.ts'],
    version: npmVersion('node_modules/ws/package.json'),
    runtime: NODE_VERSION,
  },
  python('websockets', 'websockets (Python)'),
  python('websocket', 'websocket-client (Python)'),
  python('aiohttp', 'aiohttp (Python)'),
  python('tornado', 'Tornado (Python)'),
  {
    id: 'gorilla',
    name: 'Gorilla (Go)',
    package: 'golang-github-gorilla-websocket-dev',
    program: 'scripts/clients/gorilla.go',
    install: 'apt-get install golang-go golang-github-gorilla-websocket-dev',
    start: ['go', 'run', 'scripts/clients/gorilla.go'],
    environment: { GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOFLAGS: '' },
    version: debianVersion('golang-github-gorilla-websocket-dev'),
    runtime: ['go', 'env', 'GOVERSION'],
  },
  {
    id: 'mojolicious',
    name: 'Mojolicious (Perl)',
    package: 'libmojolicious-perl',
    program: 'scripts/clients/mojolicious.pl',
    install: 'apt-get install libmojolicious-perl',
    start: ['perl', 'scripts/clients/mojolicious.pl'],
    version: debianVersion('libmojolicious-perl'),
  },
  {
    id: 'faye',
    name: 'faye-websocket (Ruby)',
    package: 'ruby-faye-websocket',
    program: 'scripts/clients/faye.rb',
    install: 'apt-get install ruby-faye-websocket',
    start: ['ruby', 'scripts/clients/faye.rb'],
    version: debianVersion('ruby-faye-websocket'),
  },
];
