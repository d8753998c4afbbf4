import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { WatchPage } from './watch-page.ts';

const isThere = (program: string, ...args: string[]) => spawnSync(program, args, { timeout: 10_000 }).status === 0;

/** Each program, whether it is on this machine, and how its snippet is run. */
const PROGRAMS = [
  { name: 'Node', file: 'client.mjs', run: (file: string) => [process.execPath, file], needs: () => true },
  {
    name: 'Python',
    file: 'client.py',
    run: (file: string) => ['python3', file],
    needs: () => isThere('python3', '-c', 'import websockets'),
  },
  { name: 'wscat', file: 'client.sh', run: (file: string) => ['sh', file], needs: () => isThere('wscat', '--version') },
  {
    name: 'websocat',
    file: 'client.sh',
    run: (file: string) => ['sh', file],
    needs: () => isThere('websocat', '--version'),
  },
] as const;

for (const { name, file, run, needs } of PROGRAMS) {
  test(`the snippet for ${name} connects, is answered and is seen`, async ({ page }) => {
    test.skip(!needs(), `${name}, or what its snippet needs, is not on this machine`);
    const watch = new WatchPage(page);
    await watch.open();
    const folder = mkdtempSync(join(tmpdir(), 'snippet-'));
    const path = join(folder, file);
    writeFileSync(path, (await watch.openSnippet(name)).replace('npx wscat', 'wscat'));
    const [program, ...args] = run(path) as [string, ...string[]];
    // What reads its input ends where that ends: as in a terminal, it stays open.
    const client = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'], timeout: 15_000 });
    let output = '';
    client.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    await once(client, 'close');
    rmSync(folder, { recursive: true });
    expect(output).toContain('Hello');
    await expect(watch.tabs).toHaveText([/\/echo ended$/]);
    await expect(watch.rows.filter({ hasText: 'Hello' })).toHaveCount(2);
  });
}

test('the snippet for the browser runs in the page', async ({ page }) => {
  const watch = new WatchPage(page);
  await watch.open();
  await page.evaluate(await watch.openSnippet('Browser'));
  await expect(watch.rows.filter({ hasText: 'Hello' })).toHaveCount(2);
  await expect(watch.tabs).toHaveText([/\/echo ended$/]);
});
