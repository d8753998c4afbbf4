import { expect, type Locator, type Page } from '@playwright/test';
import { wakeFigure } from './hydrated.ts';
import { STATIC_SITE } from './ports.ts';

export const CHAPTER = '/chapters/opening-handshake/';

/** The reader's own request and the 101, as a person works with them. */
export class OwnHandshakePage {
  readonly page: Page;
  readonly figure: Locator;
  readonly badge: Locator;
  readonly again: Locator;
  readonly changes: Locator;
  readonly opened: Locator;

  constructor(page: Page) {
    this.page = page;
    this.figure = page.locator('#own-handshake');
    this.badge = this.figure.locator('.badge');
    this.again = this.figure.getByRole('button', { name: 'Connect again' });
    this.changes = this.figure.locator('.own-changes');
    this.opened = this.figure.locator('.own-said:visible');
  }

  async open(state: 'live' | 'simulated', hash = ''): Promise<void> {
    await this.page.goto((state === 'live' ? '' : STATIC_SITE) + CHAPTER + hash);
    await wakeFigure(this.figure);
    await expect(this.badge).toHaveAttribute('data-state', state);
    await expect(this.figure.getByRole('heading', { name: /asked/ })).toBeVisible();
    await expect(this.line('response.sec-websocket-accept')).toBeVisible();
  }

  line(id: string): Locator {
    return this.figure.locator(`button[data-line="${id}"]`);
  }

  /** What follows the name of a header. */
  async valueOf(id: string): Promise<string> {
    const text = (await this.line(id).textContent()) ?? '';
    return text
      .replace(/^[^:]*: /, '')
      .replace(/ new$/, '')
      .trim();
  }

  /** The bytes of the line that is open, in hex. */
  async hex(): Promise<string> {
    const bytes = await this.opened.locator('.own-bytes span').allTextContents();
    return bytes.map((byte) => byte.slice(0, 2)).join('');
  }
}

/** The request whose parts can be changed, as a person works with it. */
export class BuilderPage {
  readonly page: Page;
  readonly figure: Locator;
  readonly badge: Locator;
  readonly lines: Locator;
  readonly prediction: Locator;
  readonly send: Locator;
  readonly answer: Locator;

  constructor(page: Page) {
    this.page = page;
    this.figure = page.locator('#request-builder');
    this.badge = this.figure.locator('.badge');
    this.lines = this.figure.locator('.request-lines code');
    this.prediction = this.figure.locator('.prediction');
    this.send = this.figure.getByRole('button', { name: 'Send the request' });
    this.answer = this.figure.locator('.builder-answer');
  }

  async open(state: 'live' | 'simulated', hash = ''): Promise<void> {
    await this.page.goto((state === 'live' ? '' : STATIC_SITE) + CHAPTER + hash);
    await wakeFigure(this.figure);
    await expect(this.badge).toHaveAttribute('data-state', state);
  }

  part(label: string): Locator {
    return this.figure.getByRole('combobox', { name: label, exact: true });
  }

  present(header: string): Locator {
    return this.figure.getByRole('checkbox', { name: header, exact: true });
  }

  async choose(label: string, choice: string): Promise<void> {
    await this.part(label).selectOption(choice);
  }
}
