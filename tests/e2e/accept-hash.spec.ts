import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { wakeFigure } from './hydrated.ts';

const PATH = '/chapters/accept-hash/';
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const hash = (algorithm: string, text: string) => createHash(algorithm).update(text).digest('base64');

/** The figure once it listens: an island loses its ssr attribute when it is hydrated. */
async function openDoctor(page: Page, hashOfAddress = ''): Promise<Locator> {
  await page.goto(PATH + hashOfAddress);
  const doctor = page.locator('#accept-doctor');
  await wakeFigure(doctor);
  return doctor;
}

async function openExercise(page: Page, id: string, path = PATH): Promise<Locator> {
  await page.goto(path);
  const exercise = page.locator(`[data-exercise="${id}"]`);
  await wakeFigure(exercise);
  await expect(exercise).toHaveAttribute('data-ready');
  return exercise;
}

test.describe('the accept doctor', () => {
  test('names the mistake in a pasted answer, and puts it into the address', async ({ page }) => {
    const doctor = await openDoctor(page);
    const answer = doctor.getByLabel('Sec-WebSocket-Accept that');
    await answer.fill(hash('sha1', `${KEY}\r${GUID}`));
    await expect(doctor.getByRole('status')).toHaveText('A carriage return was kept after the key.');
    await expect(doctor.locator('.doctor-finding')).toContainText('0d (CR)');
    await expect(doctor.locator('mark').first()).toHaveText('\\r');
    await answer.fill(hash('sha1', KEY + GUID));
    await expect(doctor.getByRole('status')).toHaveText('This is the right answer for this key.');
    await expect(page).toHaveURL(/#key=dGhl.*&accept=s3pP.*%2B/);
  });

  test('two mistakes are both named, and an answer to another key is called unknown', async ({ page }) => {
    const doctor = await openDoctor(page);
    const answer = doctor.getByLabel('Sec-WebSocket-Accept that');
    await answer.fill(hash('md5', GUID.toLowerCase()).replace(/./, 'x'));
    await expect(doctor.locator('[data-finding="wrong-length"]')).toContainText('16 bytes');
    await answer.fill(hash('sha256', KEY + GUID.toLowerCase()));
    await expect(doctor.locator('.doctor-finding')).toHaveCount(2);
    await answer.fill(hash('sha1', `AAAAAAAAAAAAAAAAAAAAAQ==${GUID}`));
    await expect(doctor.getByRole('status')).toContainText('the answer for another key');
  });

  test('opens what an address holds, its plus signs too, and goes there', async ({ page }) => {
    const doctor = await openDoctor(page, `#key=${KEY}&accept=s3pPLMBiTxaQ9kYGzzhZRbK+xOo`);
    await expect(doctor).toBeInViewport();
    await expect(doctor.getByRole('status')).toHaveText('The answer has no padding.');
  });

  test('a mistake is made with the keyboard alone', async ({ page }) => {
    const doctor = await openDoctor(page);
    await doctor.getByLabel('Sec-WebSocket-Key of the request').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await expect(doctor.getByRole('combobox')).toBeFocused();
    await page.keyboard.type('The GUID was put');
    await expect(doctor.getByRole('status')).toHaveText('The GUID was put before the key.');
  });

  test('a malformed key is told apart from a wrong answer', async ({ page }) => {
    const doctor = await openDoctor(page);
    await doctor.getByLabel('Sec-WebSocket-Key of the request').fill('dGhl');
    await expect(doctor.locator('.verdict').first()).toContainText('must refuse it, for example with status 400');
    await doctor.getByLabel('Sec-WebSocket-Key of the request').fill('');
    await expect(doctor.getByRole('status')).toHaveText('Paste the key of the request.');
  });
});

test.describe('the exercises', () => {
  test('a wrong accept is told its mistake; the right one solves the exercise and is counted', async ({ page }) => {
    const exercise = await openExercise(page, 'write-the-accept');
    const solution = exercise.getByRole('button', { name: 'Solution' });
    await expect(solution).toBeDisabled();
    const key = (await exercise.locator('.exercise-given code').textContent()) ?? '';
    const field = exercise.getByLabel('Sec-WebSocket-Accept');
    await field.fill(hash('sha1', key));
    await exercise.getByRole('button', { name: 'Check my answer' }).click();
    await expect(exercise.getByRole('status')).toContainText('hashed without the GUID');
    await expect(solution).toBeEnabled();
    await field.fill(hash('sha1', key + GUID));
    await page.keyboard.press('Enter');
    await expect(exercise.getByRole('status')).toContainText('Right.');
    await expect(exercise.locator('.exercise-solved')).toBeVisible();
    await expect(page.locator('.exercise-count')).toHaveText('1 of 5 solved');
    await exercise.getByRole('button', { name: 'Next exercise' }).click();
    await expect(page.locator('[data-exercise="base64-by-hand"] h3')).toBeFocused();

    await page.goto('/chapters/');
    const count = page.locator('[data-exercises-chapter="accept-hash"]');
    await expect(count).toHaveText('1 of 5 exercises');
    await expect(page.locator('[data-done-count]')).toContainText('1 of ');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save progress as JSON' }).click();
    const saved: unknown = JSON.parse(await readFile(await (await download).path(), 'utf8'));
    expect(saved).toEqual({
      chaptersDone: [],
      exercisesSolved: { 'accept-hash': ['write-the-accept'] },
      goalsReached: {},
    });
    await page.getByRole('button', { name: 'Reset progress' }).click();
    await expect(count).toHaveText('5 exercises');
    await expect(page.getByRole('button', { name: 'Reset progress' })).toBeHidden();
  });

  test('the solution opens after a try, and does not count; a new problem is another one', async ({ page }) => {
    const exercise = await openExercise(page, 'base64-by-hand');
    const given = exercise.locator('.exercise-given code');
    const before = await given.textContent();
    await exercise.getByRole('button', { name: 'Hint' }).click();
    await expect(exercise.locator('.exercise-hint')).toBeVisible();
    await exercise.getByLabel('Base64').fill('????');
    await page.keyboard.press('Enter');
    await expect(exercise.getByRole('status')).toContainText('Character 1');
    await expect(exercise.locator('.exercise-marked mark')).toHaveText('?');
    await exercise.getByRole('button', { name: 'Solution' }).click();
    const answer = (await exercise.locator('.exercise-answer').textContent()) ?? '';
    await exercise.getByLabel('Base64').fill(answer);
    await page.keyboard.press('Enter');
    await expect(exercise.getByRole('status')).toHaveText('Right.');
    await expect(exercise.locator('.exercise-solved')).toHaveCount(0);
    await exercise.getByRole('button', { name: 'New problem' }).click();
    await expect(given).not.toHaveText(before ?? '');
    await expect(exercise.getByLabel('Base64')).toHaveValue('');
  });

  test('bytes are picked with the keyboard alone', async ({ page }) => {
    const exercise = await openExercise(page, 'what-is-hashed', `${PATH}#check=what-is-hashed&seed=1`);
    const cells = exercise.locator('.exercise-cells button');
    await cells.first().focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await expect(exercise.locator('.exercise-cells [aria-pressed="true"]')).toHaveCount(2);
    await exercise.getByRole('button', { name: 'Check my answer' }).press('Enter');
    await expect(exercise.getByRole('status')).toContainText('Byte 1, 73, belongs to the name');
    await expect(cells.first()).toHaveAttribute('data-wrong');
  });

  test('a question and its answer are found again after a reload, and by their address', async ({ page }) => {
    const exercise = await openExercise(page, 'write-the-accept');
    await exercise.getByLabel('Sec-WebSocket-Accept').fill('half an ans');
    const key = (await exercise.locator('.exercise-given code').textContent()) ?? '';
    await expect(page).toHaveURL(/check=write-the-accept&seed=\d+/);
    const address = page.url();
    await page.reload();
    await wakeFigure(page.locator('#exercises-figure'));
    await expect(exercise.getByLabel('Sec-WebSocket-Accept')).toHaveValue('half an ans');
    await page.evaluate(() => localStorage.clear());
    await page.goto('/chapters/');
    await page.goto(address);
    await expect(page.locator('#exercises-figure')).toBeInViewport();
    await expect(exercise.locator('.exercise-given code')).toHaveText(key);
  });

  test('the chapter on the handshake has its own', async ({ page }) => {
    const exercise = await openExercise(page, 'write-the-answer', '/chapters/opening-handshake/');
    const request = (await exercise.locator('.exercise-given pre').textContent()) ?? '';
    const key = /Key: (.*)/.exec(request)?.[1] ?? '';
    const lines = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade'];
    const field = exercise.getByLabel('Your response');
    await field.fill(lines.join('\n'));
    await exercise.getByRole('button', { name: 'Check my answer' }).click();
    await expect(exercise.getByRole('status')).toContainText('no Sec-WebSocket-Accept');
    await field.fill([...lines, `Sec-WebSocket-Accept: ${hash('sha1', key + GUID)}`].join('\n'));
    await exercise.getByRole('button', { name: 'Check my answer' }).click();
    await expect(exercise.getByRole('status')).toContainText('Right.');
  });
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the doctor shows a worked example, and each check its solution when it is unfolded', async ({ page }) => {
    await page.goto(PATH);
    const doctor = page.locator('#accept-doctor');
    await expect(doctor.locator('.doctor-pasted')).toContainText(KEY);
    await expect(doctor.getByRole('status')).toContainText('hex digits');
    await expect(doctor.locator('.doctor-form')).toBeHidden();
    const solutions = page.locator('.exercise-solution');
    await expect(solutions).toHaveCount(5);
    await solutions.nth(1).locator('summary').click();
    await expect(solutions.nth(1).locator('.exercise-answer')).toHaveText(/^[A-Za-z0-9+/]{27}=$/);
  });
});
