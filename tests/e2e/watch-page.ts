import { expect, type Locator, type Page } from '@playwright/test';

/** The page that watches a reader's own client, as a person works it. */
export class WatchPage {
  readonly page: Page;
  readonly badge: Locator;
  readonly address: Locator;
  readonly waiting: Locator;
  /** One for each connection. */
  readonly tabs: Locator;
  /** Of the connection whose tab is open. */
  readonly rows: Locator;
  readonly said: Locator;
  readonly code: Locator;

  constructor(page: Page) {
    this.page = page;
    this.badge = page.locator('.watch .badge');
    this.address = page.locator('.watch-address code');
    this.waiting = page.locator('.watch-waiting');
    this.tabs = page.getByRole('tablist', { name: 'Connections' }).getByRole('tab');
    this.rows = page.locator('.frame-list-row');
    this.said = page.locator('.connection-said');
    this.code = page.locator('.snippet-code code');
  }

  /** @param hash as in an address */
  async open(hash = '#watch', site = ''): Promise<void> {
    await this.page.goto(`${site}/inspector/${hash}`);
    await expect(this.badge).toHaveAttribute('data-state', 'live');
  }

  async openSnippet(name: string): Promise<string> {
    await this.page.getByRole('tab', { name, exact: true }).click();
    return (await this.code.textContent()) ?? '';
  }
}
