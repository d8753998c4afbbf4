import { expect, test } from '@playwright/test';

test.use({ javaScriptEnabled: false });

test('a chapter shows the new lines of its stage in either language, without a script', async ({ page, request }) => {
  await page.goto('/chapters/masking/#your-server-now');
  const server = page.locator('.your-server');
  const shown = server.locator('pre:visible');
  await expect(shown.first()).toContainText('def unmask(payload, key):');
  await expect(shown.first().locator('ins').filter({ hasText: 'def unmask(payload, key):' })).toHaveCount(1);
  await server.getByLabel('JavaScript').check();
  await expect(shown.first()).toContainText('function unmask(payload, key) {');
  await expect(shown.last()).toContainText('node examples/your-server/05-masking.mjs');
  const href = await server.getByRole('link', { name: 'Download the file' }).getAttribute('href');
  expect(await (await request.get(href ?? '')).text()).toContain('// Stage 5: undoes the masking');
  await expect(server.getByRole('link', { name: 'in the page' })).toHaveAttribute('href', /^\/check\/#url=.*&stage=5$/);
});
