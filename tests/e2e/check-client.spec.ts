import { expect, test } from '@playwright/test';
import { ClientServer } from '../../server/conformance/clients/client-server.ts';
import { CLIENT_CASES } from '../../src/conformance/index.ts';

test('the page of check --client runs all cases in this browser and shows what did not pass', async ({ page }) => {
  const cases = CLIENT_CASES.filter(({ id }) => id.startsWith('5.5.3-') || id === '8.1-utf8-6.8.1');
  const { promise: finished, resolve } = Promise.withResolvers<string>();
  const server = new ClientServer({ cases, onFinish: ({ name }) => resolve(name) });
  const port = await server.listen(0, '127.0.0.1');
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  await page.goto(`http://127.0.0.1:${port}/?agent=this`);
  // Chromium closes with 1002 where 1007 is right.
  await expect(page.getByRole('status')).toHaveText(/^4 cases: 3 passed, 0 allowed, 1 failed\./);
  await expect(page.getByRole('row', { name: /8\.1-utf8-6\.8\.1 failed/ })).toContainText('The right code is 1007.');
  expect(await finished).toBe('this');
  expect(errors).toEqual([]);
  await server.close();
});
