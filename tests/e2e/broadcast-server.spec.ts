import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { expect, type Locator, type Page } from '@playwright/test';
import { axeFindings } from './axe.ts';
import { wakeFigure } from './hydrated.ts';
import { freePort, OwnCompanion } from './own-companion.ts';
import { test } from './own-companion-test.ts';
import { STATIC_SITE } from './ports.ts';

const PATH = '/chapters/broadcast-server/';

async function openFigure(page: Page, address: string, id: string): Promise<Locator> {
  await page.goto(address);
  const figure = page.locator(`#${id}`);
  await wakeFigure(figure);
  return figure;
}

async function say(figure: Locator, sender: string, text: string): Promise<void> {
  await figure.getByLabel('Sender', { exact: true }).selectOption(sender);
  await figure.getByLabel('Message', { exact: true }).fill(text);
  await figure.getByRole('button', { name: 'Send', exact: true }).click();
}

test('one masked frame goes in, equal frames go out, and other programs take part', async ({ page, companion }) => {
  const figure = await openFigure(page, companion.addressOf(PATH), 'broadcast-figure');
  await expect(figure.locator('.badge')).toContainText('live');
  await say(figure, 'B', 'Grüße<b>\u202e');
  const newest = figure.locator('.broadcast-delivery').first();
  await expect(newest).toContainText('B: Grüße<b>\\u{202e}');
  await expect(newest).toContainText(/B → server, masked, \d+ bytes/);
  await expect(newest).toContainText('server → A, B, C: 3 equal frames');
  await expect(newest).toContainText('onmessage: A, B, C');
  const program = new WebSocket(companion.addressOf('/broadcast').replace('http', 'ws'));
  await new Promise((resolve) => program.addEventListener('open', resolve));
  program.send('from elsewhere');
  await expect(newest).toContainText('Another tab or program: from elsewhere');
  await expect(newest).toContainText('onmessage: A, B, C');
  program.close();
  await figure.getByRole('button', { name: 'Remove a member' }).click();
  await expect(figure.locator('.broadcast-members li')).toHaveCount(2);
  await companion.stop();
  await expect(figure.locator('.badge')).toContainText('connection lost');
});

test('without the companion all of it is simulated, and says so', async ({ page }) => {
  const figure = await openFigure(page, STATIC_SITE + PATH, 'broadcast-figure');
  await expect(figure.locator('.badge')).toHaveText('simulated in this page');
  await say(figure, 'C', 'Hello');
  await expect(figure.getByRole('status').last()).toHaveText(
    'One masked frame in. 3 unmasked frames out, byte for byte the same: encoded once. 3 of 3 members heard it.',
  );
  const slow = page.locator('#slow-figure');
  await wakeFigure(slow);
  await slow.getByRole('button', { name: 'C stops reading' }).click();
  await slow.getByRole('button', { name: 'Send one after another' }).click();
  await expect(slow.getByRole('status').last()).toContainText('The server has closed C with 1008');
  await slow.getByRole('button', { name: 'Begin again' }).click();
  await expect(slow.getByRole('status').last()).toHaveText('All three read. Let C stop, then send.');
  const two = page.locator('#companions-figure');
  await wakeFigure(two);
  await expect(two.locator('.figure-note')).toContainText('Simulated: both companions');
  await say(two, 'D', 'over there');
  await expect(two.getByRole('status').last()).toContainText('4 of 4 members heard it.');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in use, and nothing scrolls sideways on a phone, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 360, height: 740 });
    const figure = await openFigure(page, STATIC_SITE + PATH, 'broadcast-figure');
    await say(figure, 'A', 'x'.repeat(200));
    await expect(figure.locator('.broadcast-delivery')).toHaveCount(1);
    for (const id of ['slow-figure', 'companions-figure']) await wakeFigure(page.locator(`#${id}`));
    for (const selector of ['.broadcast', '.slow-member']) expect(await axeFindings(page, selector)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
}

test.describe('two companions over one Redis', () => {
  test.skip(!hasRedis(), 'this machine has no redis-server; on Debian, apt-get install redis-server');
  let redis: ChildProcess | undefined;
  const companions: OwnCompanion[] = [];

  test.afterEach(async () => {
    for (const each of companions.splice(0)) await each.stop();
    redis?.kill('SIGKILL');
  });

  test('members of both hear each other, and a port without a companion is said', async ({ page }) => {
    const port = await freePort();
    redis = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '']);
    let log = '';
    for await (const chunk of redis.stdout ?? []) {
      log += String(chunk);
      if (log.includes('Ready to accept')) break;
    }
    const [one, two] = [
      await OwnCompanion.start('--pubsub', `redis://127.0.0.1:${port}`),
      await OwnCompanion.start('--pubsub', `redis://127.0.0.1:${port}`),
    ];
    companions.push(one, two);
    const figure = await openFigure(page, one.addressOf(PATH), 'companions-figure');
    const second = figure.getByLabel('Port of your second companion');
    await second.fill(String(await freePort()));
    await figure.getByRole('button', { name: 'Connect to both' }).click();
    await expect(figure.getByRole('alert')).toContainText('No companion answers at ws://localhost:');
    await second.fill(String(two.port));
    await figure.getByRole('button', { name: 'Connect to both' }).click();
    await expect(figure.locator('.badge')).toContainText('live');
    await expect(figure.locator('.broadcast-members li')).toHaveCount(4);
    // A subscription takes a moment to reach Redis: what is said before does not cross.
    await expect(async () => {
      await say(figure, 'D', 'Hello from the second');
      await expect(figure.getByRole('status').last()).toContainText('4 of 4 members heard it.', { timeout: 500 });
    }).toPass();
    await say(figure, 'A', 'and back');
    await expect(figure.locator('.broadcast-delivery').first()).toContainText('onmessage: A, B, C, D');
  });
});

function hasRedis(): boolean {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
