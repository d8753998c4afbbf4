import type { Page } from '@playwright/test';

/** One frame, as a tap tells of it. */
const FRAME = JSON.stringify({
  type: 'frame',
  connection: 1,
  direction: 'out',
  timeMs: 1,
  offset: 0,
  byteLength: 4,
  hex: '89024869',
  truncated: false,
  opcode: 9,
  fin: true,
  masked: false,
  payloadLength: 2,
  fields: [
    { name: 'FIN', bit: 0, bits: 1, value: 1, meaning: '', section: '5.2' },
    { name: 'opcode', bit: 4, bits: 4, value: 9, meaning: '', section: '5.2' },
  ],
  payload: { hex: '4869' },
  violations: [],
});

/**
 * Lets every tap of the page tell of so many frames, from inside the page: so many messages through the browser's
 * debugger would be measured in place of ours. `allArrivedAt` on the window says when the last was told.
 */
export async function floodTaps(page: Page, count: number): Promise<void> {
  await page.addInitScript(
    ({ text, frames }) => {
      class FloodingSocket extends EventTarget {
        static readonly CONNECTING = 0;
        static readonly CLOSING = 2;
        readonly readyState = 1;
        onopen: (() => void) | undefined;
        onmessage: ((event: { data: string }) => void) | undefined;
        constructor(address: string) {
          super();
          setTimeout(() => {
            this.onopen?.();
            if (address.startsWith('/tap')) this.#flood(0);
          });
        }
        #flood(sent: number): void {
          const end = Math.min(frames, sent + 1000);
          for (let i = sent; i < end; i++) this.onmessage?.({ data: text });
          if (end < frames) setTimeout(() => this.#flood(end));
          else Object.assign(window, { allArrivedAt: performance.now() });
        }
        close(): void {}
      }
      Object.assign(window, { WebSocket: FloodingSocket });
    },
    { text: FRAME, frames: count },
  );
}
