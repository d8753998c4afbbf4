import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { CAUSES } from '../../src/inspector/index.ts';

test('a symptom leads to its cause, with what to do', async ({ page }) => {
  await page.goto('/why/');
  await page.getByRole('link', { name: 'and each time the pause is equally long' }).click();
  await expect(page).toHaveURL(/#proxy-idle-timeout$/);
  const cause = page.locator('#proxy-idle-timeout');
  await expect(cause).toBeInViewport();
  await expect(cause).toContainText('Send a ping every 30 s');
  await cause.getByText('A recording of it').click();
  await expect(cause.getByText('60.0 s is the default of both nginx’s proxy_read_timeout')).toBeVisible();
});

test('every cause is on the page, and can be read without JavaScript', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${baseURL}/why/`);
  for (const { name } of CAUSES) await expect(page.locator(`#${name} h3`)).toBeVisible();
  await context.close();
});

test('a recording is read in the page: the cause of each connection, with a link to it', async ({ page }) => {
  await page.goto('/why/');
  const figure = page.locator('#recording');
  await figure.scrollIntoViewIfNeeded();
  await expect(page.locator('astro-island[component-url*="RecordedEndings"]')).not.toHaveAttribute('ssr');
  const choose = figure.locator('input[type=file]');
  await choose.setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('88 02 03 e9') });
  await expect(figure.locator('.recorded-form')).toContainText('1 connection');
  await expect(figure.locator('.recorded-sentence')).toContainText('1001 (going away)');
  await figure.getByRole('link', { name: 'server-restarted' }).click();
  await expect(page).toHaveURL(/#server-restarted$/);
  await choose.setInputFiles({ name: 'b.txt', mimeType: 'text/plain', buffer: Buffer.from('<b>nothing</b>') });
  await expect(figure.locator('.verdict')).toContainText('b.txt: Line 1');
});

test.describe('the doctor', () => {
  test('opens the companion’s own echo', async ({ page }) => {
    await page.goto('/why/');
    const doctor = page.locator('#doctor');
    await doctor.scrollIntoViewIfNeeded();
    await expect(doctor.locator('.badge')).toHaveText(/^live: the companion on /);
    await doctor.getByRole('button', { name: /^Use the companion’s echo/ }).click();
    await doctor.getByRole('button', { name: 'Examine the address' }).click();
    await expect(doctor.locator('.doctor-verdict')).toContainText('It opens.');
    await expect(doctor.locator('.doctor-steps > li')).toHaveCount(5);
  });

  test('shows the refusal of a server as text, and leads to its cause', async ({ page }) => {
    const server = createServer((_, response) => response.writeHead(302, { Location: '/login' }).end('<b>no</b>'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await page.goto('/why/');
    const doctor = page.locator('#doctor');
    await doctor.scrollIntoViewIfNeeded();
    await expect(doctor.locator('.badge')).toHaveText(/^live: the companion on /);
    await doctor.getByLabel('Address of a WebSocket on this machine').fill(`ws://127.0.0.1:${port}/`);
    await doctor.getByRole('button', { name: 'Examine the address' }).click();
    await expect(doctor.locator('.doctor-verdict')).toContainText('It does not open.');
    await doctor.getByText('What came back').first().click();
    await expect(doctor.locator('pre').first()).toContainText('<b>no</b>');
    await doctor.getByRole('link', { name: 'More about this cause' }).click();
    await expect(page).toHaveURL(/#redirected$/);
    server.close();
    server.closeAllConnections();
  });

  test('examines no other machine', async ({ page }) => {
    await page.goto('/why/');
    const doctor = page.locator('#doctor');
    await doctor.scrollIntoViewIfNeeded();
    await expect(doctor.locator('.badge')).toHaveText(/^live: the companion on /);
    await doctor.getByLabel('Address of a WebSocket on this machine').fill('wss://example.org/');
    await doctor.getByRole('button', { name: 'Examine the address' }).click();
    await expect(doctor.getByRole('alert')).toContainText('example.org is not this machine');
  });
});
