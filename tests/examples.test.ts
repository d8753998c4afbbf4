import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket as WsClient } from 'ws';
import { maskedText, RawPeer } from '../server/testing/raw-peer.ts';
import { OPCODE } from '../src/protocol/index.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const MAX_LINES = 29;

/** Runs an example as a reader would, from another folder, with nothing between Node and the file. */
function start(example: string, ...args: string[]) {
  const child = spawn(process.execPath, [join(ROOT, 'examples', example), ...args], { cwd: dirname(ROOT) });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function run(example: string, args: readonly string[], input = '') {
  const child = start(example, ...args);
  const closed = once(child, 'close');
  child.stdin.end(input);
  const [out, err, [status]] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  return { out, err, status };
}

const examples = globSync('examples/*.ts', { cwd: ROOT }).sort();

test('there are four examples, and the README has a line for each', () => {
  const names = ['check-frame', 'decode-dump', 'echo-server', 'watch-frames'];
  expect(examples).toEqual(names.map((name) => `examples/${name}.ts`));
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  for (const path of examples) expect(readme).toContain(`node ${path}`);
});

test.each(examples)('%s has fewer than 30 lines', (path) => {
  expect(readFileSync(join(ROOT, path), 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(MAX_LINES);
});

describe('watch-frames.ts', () => {
  test('shows the frames of the socket over which Vite tells its page what has changed', async () => {
    const root = mkdtempSync(join(tmpdir(), 'framelight-vite-'));
    writeFileSync(join(root, 'index.html'), '<script type="module" src="/main.js"></script>');
    writeFileSync(join(root, 'main.js'), 'export const first = 1;\n');
    const server = { host: '127.0.0.1', port: 0, watch: null };
    const vite = await createServer({
      root,
      server,
      configFile: false,
      logLevel: 'silent',
      cacheDir: join(root, '.vite'),
    });
    onTestFinished(async () => {
      await vite.close();
      rmSync(root, { recursive: true, force: true });
    });
    await vite.listen();
    const [served = ''] = vite.resolvedUrls?.local ?? [];
    const lines = createInterface(start('watch-frames.ts', served, '0').stdout);
    const [first] = (await once(lines, 'line')) as [string];
    const [, address = ''] = /^(ws:\/\/\S+) -> /.exec(first) ?? [];
    // The page itself comes through the proxy, too, with the token that its client sends.
    const page = address.replace('ws:', 'http:');
    expect(await (await fetch(page)).text()).toContain('/@vite/client');
    const [, token = ''] = /const wsToken = "([^"]+)"/.exec(await (await fetch(`${page}@vite/client`)).text()) ?? [];
    const client = new WebSocket(`${address}?token=${token}`, 'vite-hmr');
    const shown = new Promise<void>((resolve) => {
      lines.on('line', (line) => {
        if (line.includes('full-reload')) resolve();
      });
    });
    await new Promise((resolve) => client.addEventListener('message', resolve, { once: true }));
    vite.ws.send({ type: 'full-reload' });
    await shown;
    client.close();
  });
});

describe('echo-server.ts', () => {
  /** @returns the address that it prints, on a free port */
  async function serve(): Promise<string> {
    const child = start('echo-server.ts', '0');
    const failed = once(child, 'close').then(async () => {
      throw new Error(`echo-server.ts has ended: ${await text(child.stderr)}`);
    });
    const [address] = (await Promise.race([once(createInterface(child.stdout), 'line'), failed])) as [string];
    failed.catch(() => {});
    expect(address).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/$/);
    return address;
  }

  test('echoes to a client that cuts its frames anywhere, and ends TCP after the closing handshake', async () => {
    const peer = await RawPeer.open(Number(new URL(await serve()).port), '/');
    const frame = maskedText('Hello');
    peer.send(frame.subarray(0, 3));
    peer.send(frame.subarray(3));
    expect((await peer.frame()).payload.toString()).toBe('Hello');
    peer.send(Uint8Array.of(0x88, 0x82, 0, 0, 0, 0, 0x03, 0xe8));
    expect(await peer.frame()).toMatchObject({ opcode: OPCODE.close });
    await peer.end();
    expect(peer.ended).toBe(true);
  });

  test('closes with 1002 when a client does not mask', async () => {
    const peer = await RawPeer.open(Number(new URL(await serve()).port), '/');
    peer.send(Uint8Array.of(0x81, 0x01, 0x41));
    expect((await peer.frame()).payload.subarray(0, 2).toString('hex')).toBe('03ea');
    await peer.end();
  });

  test('echoes to the ws package, short and long, many messages at once', async () => {
    const client = new WsClient(await serve());
    onTestFinished(() => client.terminate());
    await once(client, 'open');
    const messages = Array.from({ length: 40 }, (_, i) => Buffer.alloc(i * 5_000, i + 1));
    const back: Buffer[] = [];
    const all = new Promise<void>((resolve) => {
      client.on('message', (message) => back.push(message as Buffer) === messages.length && resolve());
    });
    for (const message of messages) client.send(message);
    await all;
    expect(back.map((bytes, i) => bytes.equals(messages[i] as Buffer))).toEqual(messages.map(() => true));
    client.close(1000);
    const [code] = await once(client, 'close');
    expect(code).toBe(1000);
  });

  test("echoes to Node's own WebSocket", async () => {
    const client = new WebSocket(await serve());
    await once(client, 'open');
    client.send('Hello, wörld');
    const [{ data }] = (await once(client, 'message')) as [MessageEvent];
    expect(data).toBe('Hello, wörld');
    client.close(1000);
    const [{ code, wasClean }] = (await once(client, 'close')) as [CloseEvent];
    expect({ code, wasClean }).toEqual({ code: 1000, wasClean: true });
  });

  test('goes on after a client that resets its connection', async () => {
    const address = await serve();
    const peer = await RawPeer.open(Number(new URL(address).port), '/');
    peer.socket.resetAndDestroy();
    await once(peer.socket, 'close');
    const client = new WsClient(address);
    onTestFinished(() => client.terminate());
    await once(client, 'open');
    client.send('still there');
    const [message] = await once(client, 'message');
    expect(String(message)).toBe('still there');
  });
});

describe('decode-dump.ts', () => {
  const HELLO = '818537fa213d7f9f4d5158';

  test.each([
    ['an argument', [HELLO], ''],
    ['standard input, as xxd has it', [], '00000000: 8185 37fa 213d 7f9f 4d51 58              ..7.!=..MQX\n'],
  ])('prints the frame of %s', async (_, args, input) => {
    const { out, err, status } = await run('decode-dump.ts', args, input);
    expect({ err, status }).toEqual({ err: '', status: 0 });
    expect(out).toContain('frame at byte 1: text, masked, 5 bytes, final; 11 bytes in all');
    expect(out).toMatch(/37 fa 21 3d +masking-key/);
    expect(out).toContain('"Hello"');
  });

  test('says what is wrong with text that is no hex', async () => {
    const { out, err, status } = await run('decode-dump.ts', ['8x']);
    expect({ out, status }).toEqual({ out: '', status: 2 });
    expect(err).toMatch(/^"8" is only half a byte\. /);
  });

  test('says what is missing of a frame that is cut', async () => {
    const { out, err } = await run('decode-dump.ts', [HELLO.slice(0, -2)]);
    expect(out).toContain('text, masked, 5 bytes, final');
    expect(err).toMatch(/\S/);
  });
});

describe('check-frame.ts', () => {
  test.each([
    [['client', '810548656c6c6f'], 1, /^unmasked-client-frame\nByte 2, MASK: .*with 1002 .*RFC 6455 §5\.1\.\n$/],
    [['server', '810548656c6c6f'], 0, /^No rule is broken\.\n$/],
    [['server', '8801', '03'], 1, /^close-body-of-one-byte\n/],
    [['server', '8105', '4865'], 2, /the last frame is not whole/],
  ] as const)('%j ends with %i and says why', async (args, status, sentence) => {
    const result = await run('check-frame.ts', args);
    expect(result).toMatchObject({ status, err: '' });
    expect(result.out).toMatch(sentence);
  });

  test.each([[[]], [['server']], [['8105']], [['client', 'zz']]])('%j is refused with a sentence', async (args) => {
    const { out, err, status } = await run('check-frame.ts', args);
    expect({ out, status }).toEqual({ out: '', status: 2 });
    expect(err).toMatch(/^\S.*\.\n$/);
  });
});

describe('what the indexes export', () => {
  const { exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    exports: Readonly<Record<string, string>>;
  };

  test('the package exports the five indexes, and nothing else', () => {
    expect(Object.keys(exports)).toEqual(['./protocol', './inspector', './conformance', './proxy', './vitest']);
    for (const path of Object.values(exports)) expect(existsSync(join(ROOT, path))).toBe(true);
  });

  /** Each name of an index, and the file that defines it. */
  const names = Object.values(exports).flatMap((index) => {
    const source = readFileSync(join(ROOT, index), 'utf8');
    const clauses = [...source.matchAll(/^export (?:type )?\{([^}]*)\} from '([^']+)';$/gm)];
    // Nothing is exported in another way, which this would not see.
    expect(clauses.length).toBe(source.match(/^export\b/gm)?.length);
    return clauses.flatMap(([, list = '', from = '']) =>
      list
        .split(',')
        .map((name) => name.trim().replace(/^type /, ''))
        .filter((name) => name !== '')
        .map((name) => [name, join(dirname(index), from)] as const),
    );
  });

  test('many names', () => {
    expect(names.length).toBeGreaterThan(150);
  });

  test.each(names)('%s has a doc comment where %s defines it', (name, path) => {
    expect(isDocumented(name, readFileSync(join(ROOT, path), 'utf8'))).toBe(true);
  });

  test('a name without a comment of its own is found', () => {
    const source =
      '/** One. */\nexport const ONE = 1;\nexport const TWO = 2;\n\n/** Lost. */\n/** Three. */\nexport class Three {}\n';
    expect(['ONE', 'TWO', 'Three', 'Four'].map((name) => isDocumented(name, source))).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});

/** A doc comment ends right above the definition, and does not follow another, whose definition was moved away. */
function isDocumented(name: string, source: string): boolean {
  const definition = new RegExp(`\\*/\\nexport (?:const|class|function\\*?|interface|type) ${name}\\b`).exec(source);
  if (definition === null) return false;
  const before = source.slice(0, source.lastIndexOf('/**', definition.index));
  return !before.endsWith('*/\n');
}
