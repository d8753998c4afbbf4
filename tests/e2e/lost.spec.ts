import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { expect, test } from '@playwright/test';
import { InspectorPage } from './inspector-page.ts';

const companions: ChildProcess[] = [];

async function startCompanion(port: number): Promise<ChildProcess> {
  const companion = spawn(process.execPath, ['server/main.ts', 'serve', '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  companions.push(companion);
  if (companion.stdout === null) throw new Error('the companion has no standard output');
  await once(createInterface(companion.stdout), 'line');
  return companion;
}

async function stop(companion: ChildProcess): Promise<void> {
  if (companion.exitCode !== null || companion.signalCode !== null) return;
  companion.kill();
  await once(companion, 'exit');
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

test.afterEach(async () => {
  await Promise.all(companions.splice(0).map(stop));
});

test('a companion that goes away is missed, looked for, and found again', async ({ page }) => {
  const port = await freePort();
  const companion = await startCompanion(port);
  const inspector = new InspectorPage(page);
  await inspector.openLive(`http://localhost:${port}/`);
  await inspector.say('before');
  await stop(companion);
  await expect(inspector.badge).toHaveAttribute('data-state', 'lost');
  await expect(inspector.badge).toHaveText(/^connection lost: trying again in \d+ s$/);
  await expect(inspector.send).toBeDisabled();
  await expect(inspector.rows.filter({ hasText: 'before' })).toHaveCount(2);
  await startCompanion(port);
  // It is looked for after one second, then two, then four: no button has to be pressed.
  await expect(inspector.badge).toHaveAttribute('data-state', 'live', { timeout: 15_000 });
  await inspector.say('after');
  await expect(inspector.rows.filter({ hasText: 'before' })).toHaveCount(2);
});

test('without waiting, the reader can go on simulated', async ({ page }) => {
  const port = await freePort();
  const companion = await startCompanion(port);
  const inspector = new InspectorPage(page);
  await inspector.openLive(`http://localhost:${port}/`);
  await stop(companion);
  await page.getByRole('button', { name: 'Go on simulated' }).click();
  await expect(inspector.badge).toHaveAttribute('data-state', 'simulated');
  await inspector.say('alone');
});
