import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { CLIENT_CAUSES } from '../../src/conformance/index.ts';
import { check } from './check.ts';
import { BadInput } from './command.ts';

/** Runs `check --client`, and calls `use` with the server's address once it listens. */
async function run(args: readonly string[], use: (url: string) => Promise<void>) {
  let [out, err] = ['', ''];
  const { promise: listens, resolve } = Promise.withResolvers<string>();
  const output = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
      const url = /ws:\/\/127\.0\.0\.1:\d+/.exec(err)?.[0];
      if (url !== undefined) resolve(url);
    },
  };
  const running = check.run(['--client', '--port', '0', ...args], output);
  await use(await listens);
  return { status: await running, out, err };
}

/** Connects, echoes, and resolves with the messages when the connection is closed. */
async function echo(url: string): Promise<string[]> {
  const messages: string[] = [];
  await new Promise<void>((resolve) => {
    const socket = new WebSocket(url);
    socket.on('message', (data, isBinary) => {
      messages.push(String(data));
      socket.send(data, { binary: isBinary });
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve());
  });
  return messages;
}

const httpOf = (url: string) => url.replace('ws', 'http');

test('ends with a report when a client has run all cases', async () => {
  const { status, out } = await run(['--only', '5.5.2-ping-'], async (url) => {
    const { cases } = (await (await fetch(`${httpOf(url)}/cases.json`)).json()) as { cases: { path: string }[] };
    for (const { path } of cases) await echo(`${url}${path}?agent=mine`);
  });
  expect(status).toBe(0);
  expect(out).toMatch(/^\d+ cases against ws:\/\/127\.0\.0\.1:\d+, by the client mine in .* 0 allowed, 0 failed\.\n$/);
});

test.each([false, true])(
  'exits with 1 if a case failed, and says why and what to change; as JSON: %s',
  async (json) => {
    const options = ['--only', '5.1-masked-text-zero-key', ...(json ? ['--json'] : [])];
    const { status, out } = await run(options, async (url) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const socket = new WebSocket(`${url}/case/1`);
      // A program that takes what its library refuses would send an echo: this one sends a text at once.
      socket.on('open', () => socket.send('Hello'));
      socket.on('error', () => {});
      socket.on('close', () => resolve());
      await promise;
    });
    expect(status).toBe(1);
    if (json) {
      const [cause] = (JSON.parse(out) as { causes: { name: string; title: string; fix: string }[] }).causes;
      // Some names are also those of causes in servers, with other words.
      expect({ title: cause?.title, fix: cause?.fix }).toEqual(CLIENT_CAUSES[cause?.name ?? '']);
      return;
    }
    expect(out).toContain('FAILED  5.1-masked-text-zero-key');
    expect(out).toContain('Most likely causes:');
  },
);

test('speaks to a harness of the Autobahn suite', async () => {
  const { status, out } = await run(['--only', '5.5.3-', '--json'], async (url) => {
    expect(await echo(`${url}/getCaseCount`)).toEqual(['3']);
    await echo(`${url}/runCase?case=1&agent=old`);
    expect(await echo(`${url}/getCaseStatus?case=1&agent=old`)).toEqual(['{"behavior":"OK"}']);
    expect(await echo(`${url}/getCaseInfo?case=2`)).toEqual([expect.stringContaining('5.5.3-unasked-pong-payload')]);
    await echo(`${url}/updateReports?agent=old`);
  });
  expect(status).toBe(0);
  const report = JSON.parse(out) as { leftOut: number; cases: { id: string; outcome: string }[] };
  expect(report.leftOut).toBe(2);
  expect(report.cases).toMatchObject([{ id: '5.5.3-unasked-pong-empty', outcome: 'passed' }]);
});

test('goes on after a report with --keep-running, until Ctrl+C', async () => {
  const { status, out } = await run(['--only', '5.5.3-unasked-pong-empty', '--keep-running'], async (url) => {
    for (let nth = 0; nth < 2; nth++) {
      await echo(`${url}/case/1?agent=mine`);
      await echo(`${url}/updateReports?agent=mine`);
    }
    process.emit('SIGINT');
  });
  expect(status).toBe(0);
  expect(out.match(/by the client mine/g)).toHaveLength(2);
});

test('Ctrl+C reports what is done', async () => {
  const { status, out } = await run(['--only', '5.5.3-'], async (url) => {
    await echo(`${url}/case/1?agent=mine`);
    expect(await echo(`${url}/getCaseStatus?case=1&agent=mine`)).toEqual(['{"behavior":"OK"}']);
    process.emit('SIGINT');
  });
  expect(status).toBe(130);
  expect(out).toContain('1 of 3 cases');
  expect(out).toContain('Stopped before the end.');
});

test('has a page for browsers, with a strict policy, and says which paths there are', async () => {
  await run(['--only', '5.5.3-'], async (url) => {
    const page = await fetch(`${httpOf(url)}/`);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await page.text()).not.toMatch(/<script>|style=|onclick/);
    const script = await (await fetch(`${httpOf(url)}/page.js`)).text();
    expect(() => new Function(script)).not.toThrow();
    const unknown = await fetch(`${httpOf(url)}/<b>`);
    expect([unknown.status, unknown.headers.get('content-type')]).toEqual([404, 'text/plain; charset=utf-8']);
    await fetch(`${httpOf(url)}/updateReports`);
  });
});

test('refuses what it cannot use', async () => {
  const output = { out: () => {}, err: () => {} };
  const rejects = async (args: readonly string[], words: string) => {
    const running = (async () => check.run(['--client', ...args], output))();
    await expect(running).rejects.toThrow(BadInput);
    await expect(running).rejects.toThrow(words);
  };
  await rejects(['--only', 'x'], 'No case starts with "x"');
  await rejects(['--port', '70000'], 'whole number');
  await rejects(['--stage', '3'], '--stage is for servers');
  await rejects(['ws://localhost:1/'], 'Unexpected argument');
});
