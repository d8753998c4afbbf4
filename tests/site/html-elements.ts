/** An element of a built page: its start tag, and its text where it is a script or a style. */
export interface HtmlElement {
  /** In lower case. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly text: string;
}

const TAG = /<!--[\s\S]*?-->|<([a-z][a-z0-9-]*)((?:\s+[^\s"'>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)*)\s*\/?>/gi;
const ATTRIBUTE = /([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
const RAW = new Set(['script', 'style']);

/**
 * The elements of a page in order. It reads what the site's own builder writes, not any HTML: tags are well formed, and
 * a `<` in a text is escaped.
 */
export function readElements(html: string): HtmlElement[] {
  const elements: HtmlElement[] = [];
  TAG.lastIndex = 0;
  for (let match = TAG.exec(html); match !== null; match = TAG.exec(html)) {
    const [, name = '', attributes = ''] = match;
    if (name === '') continue;
    const lower = name.toLowerCase();
    const end = RAW.has(lower) ? html.indexOf(`</${lower}`, TAG.lastIndex) : TAG.lastIndex;
    elements.push({ name: lower, attributes: readAttributes(attributes), text: html.slice(TAG.lastIndex, end) });
    TAG.lastIndex = end;
  }
  return elements;
}

function readAttributes(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(ATTRIBUTE)].map(([, name = '', double, single, bare]) => [
      name.toLowerCase(),
      unescapeText(double ?? single ?? bare ?? ''),
    ]),
  );
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#38': '&' };

function unescapeText(text: string): string {
  return text.replace(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}
