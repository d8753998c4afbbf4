import type { Header } from '../../protocol/handshake/head/head.ts';

/** What a copied command line says about a connection. */
export interface CopiedCommand {
  readonly url: string;
  readonly headers: readonly Header[];
}

/** These are made anew for each connection. */
const OWN_HEADERS = /^(host|upgrade|connection|sec-websocket-(?:key|version|extensions))$/i;

/**
 * Reads the address and the headers of a command line: of curl, as browsers copy it, or of wscat.
 *
 * @returns undefined if there is no address in it
 */
export function parseCurl(text: string): CopiedCommand | undefined {
  const words = shellWords(text);
  let url: string | undefined;
  const headers: Header[] = [];
  const add = (line: string): void => {
    const [, name = '', value = ''] = /^([^:]+):\s*(.*)$/s.exec(line) ?? [];
    if (name !== '' && !OWN_HEADERS.test(name.trim())) headers.push({ name: name.trim(), value: value.trim() });
  };
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string;
    const next = words[i + 1] ?? '';
    const takes = (...names: string[]): boolean => names.includes(word);
    if (takes('-H', '--header')) add(next);
    else if (takes('-b', '--cookie')) add(`Cookie: ${next}`);
    else if (takes('-A', '--user-agent')) add(`User-Agent: ${next}`);
    else if (takes('-e', '--referer')) add(`Referer: ${next}`);
    else if (takes('-o', '--origin')) add(`Origin: ${next}`);
    else if (takes('-s', '--subprotocol')) add(`Sec-WebSocket-Protocol: ${next}`);
    else if (takes('-u', '--user')) add(`Authorization: Basic ${basic(next)}`);
    else if (takes('-c', '--connect', '--url')) url = next;
    else {
      if (/^(?:wss?|https?):\/\//i.test(word)) url ??= word;
      continue;
    }
    i++;
  }
  return url === undefined ? undefined : { url: url.replace(/^http/i, 'ws'), headers };
}

/** RFC 7617 §2. Names and passwords in other letters than ASCII's are sent as they are in UTF-8. */
function basic(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** Splits a command line as a shell does: quotes, `$'…'`, backslashes, and lines that go on after `\` or `^`. */
function shellWords(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote: "'" | '"' | "$'" | undefined;
  for (let i = 0; i < text.length; i++) {
    const character = text[i] as string;
    const next = text[i + 1] ?? '';
    if (quote === undefined) {
      if (/\s/.test(character)) {
        if (word !== undefined) words.push(word);
        word = undefined;
      } else if (character === "'" || character === '"') {
        quote = character;
        word ??= '';
      } else if (character === '$' && next === "'") {
        quote = "$'";
        word ??= '';
        i++;
      } else if ((character === '\\' || character === '^') && /[\r\n]/.test(next)) i++;
      else if (character === '\\') {
        word = (word ?? '') + next;
        i++;
      } else word = (word ?? '') + character;
    } else if (character === (quote === '"' ? '"' : "'")) quote = undefined;
    else if (character === '\\' && (quote === "$'" || (quote === '"' && /["\\$`]/.test(next)))) {
      word = (word ?? '') + (quote === '"' ? next : (ESCAPES[next] ?? next));
      i++;
    } else word = (word ?? '') + character;
  }
  if (word !== undefined) words.push(word);
  return words;
}
