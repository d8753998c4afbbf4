import type { Page } from '@playwright/test';

/**
 * Finds what a page shows, or has read aloud, though no reader can see it or it moves the rest: control characters,
 * bidi controls, zero-width characters, separators of lines. What stands in a field is the reader's own.
 *
 * @returns a line each: where it stands, and the text around it
 */
export function findUnseenText(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const unseen = /(?![\n\t]|\r\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
    const found: string[] = [];
    const look = (element: Element, what: string, text: string | null) => {
      const at = text?.search(unseen) ?? -1;
      if (at < 0) return;
      const around = JSON.stringify(text?.slice(Math.max(at - 30, 0), at + 10)).replace(/[^\x20-\x7e]/gu, (character) =>
        character.replace(/./gsu, (each) => `\\u{${each.codePointAt(0)?.toString(16)}}`),
      );
      found.push(
        `${element.localName}.${element.getAttribute('class')} in ${element.closest('[id]')?.id}, ${what}: ${around}`,
      );
    };
    for (const element of document.querySelectorAll('body, body *')) {
      for (const { name, value } of element.attributes) {
        if (name.startsWith('aria-') || name === 'title') look(element, name, value);
      }
      if (element.matches('script, style, textarea')) continue;
      for (const node of element.childNodes)
        if (node.nodeType === Node.TEXT_NODE) look(element, 'text', node.nodeValue);
    }
    return found;
  });
}
