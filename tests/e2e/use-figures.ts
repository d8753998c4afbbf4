import type { Page } from '@playwright/test';

/**
 * Uses all that can be used in a page's figures, as they stand: fills each field, moves each slider, makes each choice,
 * opens what is folded, presses
 * each button once, or some of them where there are hundreds.
 *
 * @param text what is written into the fields
 * @returns how many things were used
 */
export function useFigures(page: Page, text: string): Promise<number> {
  return page.evaluate(async (typed) => {
    const main = document.querySelector('main') ?? document.body;
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const shown = (element: Element) => element.checkVisibility() && !element.closest('[inert]');
    // Preact listens to these, and learns of a value by what the browser's own setter did.
    const put = (field: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement, value: string) => {
      field.value = value;
      for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
    };
    let used = 0;
    const each = async <T extends Element>(selector: string, use: (element: T) => void) => {
      const all = [...main.querySelectorAll<T>(selector)];
      // The cells of a grid do the same, each for its own place: some of hundreds are enough.
      const step = Math.ceil(all.length / 80);
      for (const element of all.filter((_, index) => index % step === 0)) {
        if (!element.isConnected || !shown(element) || (element as { disabled?: boolean }).disabled) continue;
        use(element);
        used++;
        await frame();
      }
    };
    await each<HTMLDetailsElement>('details', (details) => {
      details.open = true;
    });
    await each<HTMLInputElement | HTMLTextAreaElement>(
      'input[type="text"], input[type="search"], input:not([type]), textarea',
      (field) => put(field, typed),
    );
    await each<HTMLInputElement>('input[type="number"]', (field) => put(field, '1'));
    await each<HTMLInputElement>('input[type="range"]', (field) => put(field, field.max));
    await each<HTMLInputElement>('input[type="checkbox"], input[type="radio"]', (field) => field.click());
    await each<HTMLSelectElement>('select', (field) => put(field, field.options[field.length - 1]?.value ?? ''));
    await each<HTMLElement>('[role="gridcell"], [role="option"], tbody tr', (cell) => cell.click());
    await each<HTMLButtonElement>('button', (button) => button.click());
    return used;
  }, text);
}
