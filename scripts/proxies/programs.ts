/** A proxy that is recorded. PORT, TARGET and FOLDER in its texts are filled in. */
export interface ProxyProgram {
  readonly id: string;
  readonly name: string;
  /** How to get it: the name of a package. */
  readonly package: string;
  readonly registry: 'Debian' | 'npm';
  /** Prints the version; its first group is the version. */
  readonly version: readonly [command: readonly string[], pattern: RegExp];
  /** The file's name, as the program's users call it. */
  readonly configurationFile: string;
  /** As its readers would write it, with a short timeout. */
  readonly configuration: string;
  /** The same without the lines that are there for WebSocket; undefined if it needs none. */
  readonly without: string | undefined;
  /** More files in FOLDER. */
  readonly files?: Readonly<Record<string, string>>;
  /** CONFIGURATION is the path of the file. */
  readonly start: readonly string[];
  /** The setting that ends an idle connection, as it stands in the configuration; undefined if there is none. */
  readonly idleSetting: string | undefined;
  /** More packages that it needs, from the same registry. */
  readonly beside?: readonly string[];
  /** Its process does not outlive some ends of TCP: the recorder leaves those out. */
  readonly isEndedGently?: boolean;
  /** What its users do to have a changed configuration read; undefined if it has no such thing. PID is its process. */
  readonly reload?: readonly string[];
}

const NGINX_HEAD = `daemon off;
pid FOLDER/nginx.pid;
error_log FOLDER/error.log;
events {}
http {
  access_log off;
  client_body_temp_path FOLDER/body; proxy_temp_path FOLDER/proxy; fastcgi_temp_path FOLDER/fastcgi;
  uwsgi_temp_path FOLDER/uwsgi; scgi_temp_path FOLDER/scgi;
`;

const nginx = (lines: string) => `${NGINX_HEAD}  server {
    listen 127.0.0.1:PORT;
    location / {
      proxy_pass http://127.0.0.1:TARGET;
${lines}    }
  }
}
`;

const apacheHead = `ServerName 127.0.0.1
Listen 127.0.0.1:PORT
PidFile FOLDER/apache.pid
ErrorLog FOLDER/error.log
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
LoadModule proxy_module /usr/lib/apache2/modules/mod_proxy.so
LoadModule proxy_http_module /usr/lib/apache2/modules/mod_proxy_http.so
ProxyTimeout 2
`;

const haproxy = (timeouts: string) => `defaults
  mode http
  timeout connect 5s
  timeout client 30s
  timeout server 30s
${timeouts}frontend web
  bind 127.0.0.1:PORT
  default_backend app
backend app
  server one 127.0.0.1:TARGET
`;

const varnish = (pipe: string) => `vcl 4.1;
backend default {
  .host = "127.0.0.1";
  .port = "TARGET";
}
${pipe}`;

const lighttpd = (upgrade: string) => `server.document-root = "FOLDER"
server.port = PORT
server.bind = "127.0.0.1"
server.errorlog = "FOLDER/error.log"
server.modules = ( "mod_proxy" )
proxy.server = ( "" => (( "host" => "127.0.0.1", "port" => "TARGET" )))
${upgrade}server.max-read-idle = 2
server.max-write-idle = 2
`;

const h2o = (lines: string) => `user: root
hosts:
  default:
    listen:
      host: 127.0.0.1
      port: PORT
    paths:
      "/":
        proxy.reverse.url: http://127.0.0.1:TARGET/
${lines}error-log: FOLDER/error.log
`;

const NODE_PACKAGES: readonly (readonly [id: string, version: string, code: string, ...beside: string[]])[] = [
  [
    'http-proxy',
    '1.18.1',
    `import httpProxy from 'http-proxy';
httpProxy.createProxyServer({ target: 'http://127.0.0.1:TARGET', ws: true, timeout: 2000, proxyTimeout: 2000 })
  .on('error', () => {}).listen(PORT, '127.0.0.1');
`,
  ],
  [
    'http-proxy-3',
    '2.0.1',
    `import { createProxyServer } from 'http-proxy-3';
createProxyServer({ target: 'http://127.0.0.1:TARGET', ws: true, timeout: 2000, proxyTimeout: 2000 })
  .on('error', () => {}).listen(PORT, '127.0.0.1');
`,
  ],
  [
    'httpxy',
    '0.5.6',
    `import { createServer } from 'node:http';
import { createProxyServer } from 'httpxy';
const proxy = createProxyServer({ target: 'http://127.0.0.1:TARGET', ws: true, timeout: 2000, proxyTimeout: 2000 });
proxy.on('error', () => {});
createServer((request, response) => void proxy.web(request, response).catch(() => {}))
  .on('upgrade', (request, socket, head) => void proxy.ws(request, socket, {}, head).catch(() => {}))
  .listen(PORT, '127.0.0.1');
`,
  ],
  [
    'mockttp',
    '4.6.5',
    `import { getLocal } from 'mockttp';
const server = getLocal();
await server.start(PORT);
await server.forAnyRequest().thenForwardTo('http://127.0.0.1:TARGET');
await server.forAnyWebSocket().thenForwardTo('http://127.0.0.1:TARGET');
`,
  ],
  [
    '@fastify/http-proxy',
    '11.6.3',
    `import fastify from 'fastify';
import httpProxy from '@fastify/http-proxy';
const server = fastify();
server.register(httpProxy, { upstream: 'http://127.0.0.1:TARGET', websocket: true });
await server.listen({ port: PORT, host: '127.0.0.1' });
`,
    'fastify@5',
  ],
];

const DEBIAN_PROGRAMS: readonly ProxyProgram[] = [
  {
    id: 'nginx',
    name: 'nginx',
    package: 'nginx-light',
    registry: 'Debian',
    version: [['nginx', '-v'], /nginx\/(\S+)/],
    configurationFile: 'nginx.conf',
    configuration: nginx(`      proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection "upgrade";
      proxy_read_timeout 2s;
`),
    without: nginx(''),
    start: ['nginx', '-c', 'CONFIGURATION'],
    idleSetting: 'proxy_read_timeout 2s',
    reload: ['nginx', '-c', 'CONFIGURATION', '-s', 'reload'],
  },
  {
    id: 'haproxy',
    name: 'HAProxy',
    package: 'haproxy',
    registry: 'Debian',
    version: [['haproxy', '-v'], /version (\d[\d.]*)/],
    configurationFile: 'haproxy.cfg',
    configuration: haproxy('  timeout tunnel 2s\n'),
    without: undefined,
    start: ['haproxy', '-W', '-f', 'CONFIGURATION'],
    idleSetting: 'timeout tunnel 2s',
    reload: ['kill', '-USR2', 'PID'],
  },
  {
    id: 'apache',
    name: 'Apache httpd',
    package: 'apache2',
    registry: 'Debian',
    version: [['apache2', '-v'], /Apache\/(\S+)/],
    configurationFile: 'apache2.conf',
    configuration: `${apacheHead}ProxyPass / http://127.0.0.1:TARGET/ upgrade=websocket\n`,
    without: `${apacheHead}ProxyPass / http://127.0.0.1:TARGET/\n`,
    start: ['apache2', '-f', 'CONFIGURATION', '-DFOREGROUND'],
    idleSetting: 'ProxyTimeout 2',
    reload: ['kill', '-USR1', 'PID'],
  },
  {
    id: 'apache-wstunnel',
    name: 'Apache httpd, mod_proxy_wstunnel',
    package: 'apache2',
    registry: 'Debian',
    version: [['apache2', '-v'], /Apache\/(\S+)/],
    configurationFile: 'apache2.conf',
    configuration: `${apacheHead}LoadModule proxy_wstunnel_module /usr/lib/apache2/modules/mod_proxy_wstunnel.so
ProxyPass / ws://127.0.0.1:TARGET/
`,
    without: `${apacheHead}ProxyPass / http://127.0.0.1:TARGET/\n`,
    start: ['apache2', '-f', 'CONFIGURATION', '-DFOREGROUND'],
    idleSetting: 'ProxyTimeout 2',
    reload: ['kill', '-USR1', 'PID'],
  },
  {
    id: 'varnish',
    name: 'Varnish',
    package: 'varnish',
    registry: 'Debian',
    version: [['varnishd', '-V'], /varnish-(\S+)/],
    configurationFile: 'default.vcl',
    configuration: varnish(`sub vcl_recv {
  if (req.http.Upgrade ~ "(?i)websocket") { return (pipe); }
}
sub vcl_pipe {
  if (req.http.Upgrade) {
    set bereq.http.Upgrade = req.http.Upgrade;
    set bereq.http.Connection = req.http.Connection;
  }
}
`),
    without: varnish(`sub vcl_recv {
  if (req.http.Upgrade ~ "(?i)websocket") { return (pipe); }
}
`),
    start: [
      ...['varnishd', '-F', '-j', 'none', '-n', 'FOLDER/work', '-a', '127.0.0.1:PORT', '-f', 'CONFIGURATION'],
      ...['-s', 'malloc,16m', '-p', 'pipe_timeout=2', '-T', 'none'],
    ],
    idleSetting: 'pipe_timeout=2',
  },
  {
    id: 'caddy',
    name: 'Caddy',
    package: 'caddy',
    registry: 'Debian',
    version: [['caddy', 'version'], /v?(\d[\d.]*)/],
    configurationFile: 'Caddyfile',
    configuration: `{
  admin off
  auto_https off
}
http://127.0.0.1:PORT {
  reverse_proxy 127.0.0.1:TARGET
}
`,
    without: undefined,
    start: ['caddy', 'run', '--adapter', 'caddyfile', '--config', 'CONFIGURATION'],
    idleSetting: undefined,
  },
  {
    id: 'lighttpd',
    name: 'lighttpd',
    package: 'lighttpd',
    registry: 'Debian',
    version: [['lighttpd', '-v'], /lighttpd\/(\S+)/],
    configurationFile: 'lighttpd.conf',
    configuration: lighttpd('proxy.header = ( "upgrade" => "enable" )\n'),
    without: lighttpd(''),
    start: ['lighttpd', '-D', '-f', 'CONFIGURATION'],
    idleSetting: 'server.max-read-idle = 2',
    reload: ['kill', '-USR1', 'PID'],
  },
  {
    id: 'h2o',
    name: 'h2o',
    package: 'h2o',
    registry: 'Debian',
    version: [['h2o', '-v'], /version (\S+)/],
    configurationFile: 'h2o.conf',
    configuration: h2o('        proxy.websocket: ON\n        proxy.websocket.timeout: 2000\n'),
    without: h2o(''),
    start: ['h2o', '-m', 'worker', '-c', 'CONFIGURATION'],
    idleSetting: 'proxy.websocket.timeout: 2000',
  },
  {
    id: 'nghttpx',
    name: 'nghttpx',
    package: 'nghttp2-proxy',
    registry: 'Debian',
    version: [['nghttpx', '-v'], /nghttpx nghttp2\/(\S+)/],
    configurationFile: 'nghttpx.conf',
    configuration: `frontend=127.0.0.1,PORT;no-tls
backend=127.0.0.1,TARGET
frontend-read-timeout=2
frontend-write-timeout=2
backend-read-timeout=2
backend-write-timeout=2
errorlog-file=FOLDER/error.log
workers=1
`,
    without: undefined,
    start: ['nghttpx', '--conf=CONFIGURATION'],
    idleSetting: 'frontend-read-timeout=2, backend-read-timeout=2',
    reload: ['kill', '-HUP', 'PID'],
  },
];

/** Every proxy, in the order of the page. */
export const PROXY_PROGRAMS: readonly ProxyProgram[] = [
  ...DEBIAN_PROGRAMS,
  ...NODE_PACKAGES.map(([id, version, code, ...beside]) => ({
    id: id.replace('@', '').replace('/', '-'),
    name: id,
    beside,
    isEndedGently: id === 'http-proxy',
    package: `${id}@${version}`,
    registry: 'npm' as const,
    version: [['echo', version], /(.*)/] as const,
    configurationFile: 'proxy.mjs',
    configuration: code,
    without: undefined,
    start: ['node', 'CONFIGURATION'],
    idleSetting: code.includes('timeout') ? 'timeout: 2000, proxyTimeout: 2000' : undefined,
  })),
];
