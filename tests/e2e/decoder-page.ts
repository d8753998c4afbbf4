import { expect, type Locator, type Page } from '@playwright/test';

/** The decoder, as a person uses it. */
export class DecoderPage {
  readonly page: Page;
  readonly box: Locator;
  readonly problem: Locator;
  readonly notes: Locator;
  readonly list: Locator;
  readonly rows: Locator;
  readonly open: Locator;
  readonly title: Locator;
  readonly payload: Locator;
  readonly bytes: Locator;

  constructor(page: Page) {
    this.page = page;
    this.box = page.getByLabel('Bytes, as hex or in any other form');
    this.problem = page.locator('.decoder-problem');
    this.notes = page.locator('.decoder > .verdict');
    this.list = page.getByRole('listbox', { name: 'Frames' });
    this.rows = this.list.getByRole('option');
    this.open = this.list.getByRole('option', { selected: true });
    this.title = page.locator('.opened-title');
    this.payload = page.locator('.payload');
    this.bytes = page.getByRole('grid', { name: 'Bytes of the frame' }).getByRole('gridcell');
  }

  async goto(hash = ''): Promise<void> {
    await this.page.goto(`/decode/${hash}`);
    await expect(this.page.locator('astro-island[ssr]')).toHaveCount(0);
  }

  /** Brings the end of the list into the window. */
  async scrollToList(): Promise<void> {
    await this.list.evaluate((element) => element.scrollIntoView({ block: 'end' }));
  }

  async give(name: string, buffer: Buffer): Promise<void> {
    await this.page.getByLabel('Choose a file').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
  }

  /** Drops a file on the box, as a mouse would. */
  async drop(name: string, bytes: readonly number[]): Promise<void> {
    const data = await this.page.evaluateHandle(
      ([fileName, fileBytes]) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([Uint8Array.from(fileBytes)], fileName));
        return transfer;
      },
      [name, bytes] as const,
    );
    await this.box.dispatchEvent('dragover', { dataTransfer: data });
    await this.box.dispatchEvent('drop', { dataTransfer: data });
  }
}
