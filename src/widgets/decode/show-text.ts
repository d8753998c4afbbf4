import { escapeAlone } from '../../text/escape-text.ts';

const LINE_OR_TAB = /[\n\t]/;

/**
 * A peer's text as it can be read and selected: its lines and tabs as they are, any other character that cannot be seen
 * as an escape such as `\u{200b}`.
 */
export function showText(text: string): string {
  return text
    .split(/([\n\t])/)
    .map((part) => (LINE_OR_TAB.test(part) ? part : escapeAlone(part)))
    .join('');
}
