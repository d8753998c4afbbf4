import { expect, type Locator, type Page } from '@playwright/test';
import { wakeFigure } from './hydrated.ts';
import { STATIC_SITE } from './ports.ts';

export const CHAPTER = '/chapters/the-frame/';

/** The chapter's figure whose bits are switches, as a person works it. */
export class FramePage {
  readonly page: Page;
  readonly figure: Locator;
  readonly badge: Locator;
  readonly message: Locator;
  readonly bits: Locator;
  readonly bytes: Locator;
  readonly said: Locator;
  readonly about: Locator;
  readonly changes: Locator;
  readonly fromClient: Locator;
  readonly fromServer: Locator;
  readonly sendRaw: Locator;
  readonly answer: Locator;

  constructor(page: Page) {
    this.page = page;
    this.figure = page.locator('#frame-bits');
    this.badge = this.figure.locator('.badge');
    this.message = this.figure.getByLabel('Message', { exact: true });
    this.bits = this.figure.locator('.flip-grid button');
    this.bytes = this.figure.getByRole('grid', { name: 'Bytes of the frame' }).getByRole('gridcell');
    this.said = this.figure.locator('.frame-said [role="status"]');
    this.about = this.figure.locator('.frame-about');
    this.changes = this.figure.locator('.layout-changes li');
    this.fromClient = this.figure.locator('.verdict[data-sender="client"]');
    this.fromServer = this.figure.locator('.verdict[data-sender="server"]');
    this.sendRaw = this.figure.getByRole('button', { name: /^Send these \d+ bytes/ });
    this.answer = this.figure.locator('.raw-answer');
  }

  async openLive(hash = ''): Promise<void> {
    await this.page.goto(CHAPTER + hash);
    await wakeFigure(this.figure);
    await expect(this.badge).toHaveAttribute('data-state', 'live');
    if (hash === '') await expect(this.about).toContainText('Your browser sent:');
  }

  async openSimulated(hash = ''): Promise<void> {
    await this.page.goto(STATIC_SITE + CHAPTER + hash);
    await wakeFigure(this.figure);
    await expect(this.badge).toHaveAttribute('data-state', 'simulated');
    if (hash === '') await expect(this.about).toContainText('The simulated browser sent:');
  }

  /** The bytes as the hex view shows them. */
  async hex(): Promise<string> {
    return (await this.bytes.allTextContents()).join('');
  }

  bit(number: number): Locator {
    return this.bits.nth(number);
  }
}
