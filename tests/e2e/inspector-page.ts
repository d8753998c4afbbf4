import { expect, type Locator, type Page } from '@playwright/test';
import { STATIC_SITE } from './ports.ts';

/** The home page with its inspector, as a person works it. */
export class InspectorPage {
  readonly page: Page;
  readonly badge: Locator;
  readonly title: Locator;
  /** The row of colored bytes that stands there before anything is asked for. */
  readonly strip: Locator;
  readonly everything: Locator;
  readonly message: Locator;
  readonly send: Locator;
  readonly rows: Locator;
  readonly bits: Locator;
  readonly bytes: Locator;
  readonly fields: Locator;
  readonly unmasking: Locator;
  readonly said: Locator;

  constructor(page: Page) {
    this.page = page;
    this.badge = page.locator('.inspector .badge');
    this.title = page.locator('#inspector-title');
    this.strip = page.locator('.inspector .strip-byte');
    this.everything = page.getByRole('button', { name: 'Show everything' });
    this.message = page.getByLabel('Message', { exact: true });
    this.send = page.getByRole('button', { name: 'Send', exact: true });
    this.rows = page.getByRole('option').filter({ visible: true }).and(page.locator('.frame-list-row'));
    this.bits = page.getByRole('grid', { name: 'Bits of the frame' }).getByRole('gridcell');
    this.bytes = page.getByRole('grid', { name: 'Bytes of the frame' }).getByRole('gridcell');
    this.fields = page.getByRole('grid', { name: 'Fields of the frame' }).locator('tbody tr');
    this.unmasking = page.getByRole('grid', { name: 'Unmasking, byte by byte' }).getByRole('gridcell');
    this.said = page.locator('.frame-said [role="status"]');
  }

  /** The page with the reader's own frame, as it stands there at first. */
  async openAtRest(path = '/'): Promise<void> {
    await this.page.goto(path);
    await expect(this.badge).toHaveAttribute('data-state', 'live');
  }

  /** All that the figure has, with the greeting that the page sends by itself. */
  async openLive(path = '/'): Promise<void> {
    await this.page.goto(path);
    await this.#showEverything(path);
    await expect(this.rows.last()).toContainText(path.includes('#f=') ? 'onopen' : 'onmessage: "Hello"');
  }

  async openSimulated(path = '/'): Promise<void> {
    await this.page.goto(STATIC_SITE + path);
    await this.#showEverything(path);
    await expect(this.badge).toHaveAttribute('data-state', 'simulated');
    await expect(this.rows.last()).toContainText('onopen');
  }

  /** Types a message and presses Enter, and waits until its echo was told. */
  async say(text: string): Promise<void> {
    await expect(this.send).toBeEnabled();
    const before = await this.#lastPosition();
    await this.message.fill(text);
    await this.message.press('Enter');
    await expect.poll(() => this.#lastPosition()).toBeGreaterThanOrEqual(before + 2);
    await expect(this.rows.last()).toContainText('onmessage');
  }

  /** The bytes in the row that is always there. */
  async stripHex(): Promise<string> {
    return (await this.strip.locator('.strip-hex').allTextContents()).join('');
  }

  async #showEverything(path: string): Promise<void> {
    // A frame in the address opens all of it by itself.
    if (!path.includes('#f=')) await this.everything.click();
    await expect(this.page.getByRole('listbox', { name: 'What happened, in order' })).toBeVisible();
  }

  async #lastPosition(): Promise<number> {
    return Number(await this.rows.last().getAttribute('aria-posinset'));
  }

  /** The opened frame's bytes, as the hex view shows them. */
  async shownHex(): Promise<string> {
    return (await this.bytes.allTextContents()).join('');
  }
}

/** The bytes of hex, masked or not, undone: what the payload must be. */
export function payloadOf(hex: string): string {
  const bytes = Buffer.from(hex, 'hex');
  const masked = ((bytes[1] ?? 0) & 0x80) !== 0;
  const key = bytes.subarray(2, 6);
  const payload = bytes.subarray(masked ? 6 : 2);
  return Buffer.from(payload.map((byte, i) => (masked ? byte ^ (key[i % 4] ?? 0) : byte))).toString('utf8');
}
