/** Deeper nesting stays on one line: its indentation would be longer than the text. */
const MAX_DEPTH = 64;

const TOKEN = /"(?:[^"\\]+|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/g;

/**
 * Indents a JSON object or array. Numbers, keys and escapes stay exactly as they were sent, which `JSON.stringify` would
 * not promise.
 *
 * @returns undefined for any other text
 */
export function prettyJson(text: string): string | undefined {
  if (!isObjectOrArray(text)) return undefined;
  let pretty = '';
  let depth = 0;
  let before = '';
  const newLine = () => `\n${'  '.repeat(depth)}`;
  for (const [token] of text.matchAll(TOKEN)) {
    const opens = before === '{' || before === '[';
    if (token === '}' || token === ']') {
      depth--;
      pretty += opens ? token : newLine() + token;
    } else if (token === ',' || token === ':') {
      pretty += token === ':' ? ': ' : token;
    } else {
      pretty += opens || before === ',' ? newLine() + token : token;
      if (token === '{' || token === '[') depth++;
      if (depth > MAX_DEPTH) return undefined;
    }
    before = token;
  }
  return pretty;
}

function isObjectOrArray(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
