import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { proxy } from 'framelight/proxy';
import { createServer } from 'vite';
import { expect, onTestFinished, test } from 'vitest';

// A whole development server behind the proxy: its page, its scripts, and the WebSocket that says which files have changed.

test('the page of Vite comes through the proxy, and an edited file is an update on its WebSocket', async () => {
  const root = mkdtempSync(join(tmpdir(), 'vite-'));
  const script = join(root, 'main.js');
  writeFileSync(join(root, 'index.html'), '<script type="module" src="/main.js"></script>');
  writeFileSync(script, 'export const version = 1;\nimport.meta.hot.accept();\n');
  const vite = await createServer({
    root,
    configFile: false,
    logLevel: 'silent',
    server: { host: '127.0.0.1', port: 0 },
  });
  await vite.listen();
  const between = await proxy(`http://127.0.0.1:${vite.config.server.port}/`);
  onTestFinished(async () => {
    await between.close();
    await vite.close();
    rmSync(root, { recursive: true });
  });

  const origin = `http://127.0.0.1:${between.port}`;
  expect(await (await fetch(origin)).text()).toContain('/@vite/client');
  await fetch(`${origin}/main.js`);
  // Vite opens its WebSocket only to a page that has the token of its own client.
  const client = await (await fetch(`${origin}/@vite/client`)).text();
  const [, token = ''] = /wsToken = "([^"]+)"/.exec(client) ?? [];
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/?token=${token}`, 'vite-hmr');
  onTestFinished(() => socket.close());
  await between.frame(({ payload }) => payload.text?.includes('"type":"connected"') === true);

  writeFileSync(script, 'export const version = 2;\nimport.meta.hot.accept();\n');
  const update = await between.frame(({ payload }) => payload.text?.includes('"type":"update"') === true);
  expect(update).toMatchObject({ direction: 'out', opcode: 1, fin: true });
  expect(update.payload.text).toContain('/main.js');
});
