/**
 * Writes the words of each column's head into the cells below it, as `data-label`.
 *
 * On a telephone the columns of a broad table do not fit side by side: there a row becomes a short list, and what
 * stood over the column stands in front of the cell.
 *
 * @param html the inside of a table: one head row, then rows with a cell for each column
 * @returns the same with `data-label` on every cell of the body but the first of each row, which names the row
 */
export function labelCells(html: string): string {
  const [head = '', ...rest] = html.split('<tbody');
  const labels = [...head.matchAll(/<th[\s>][\s\S]*?<\/th>/g)].map(([cell]) => textOf(cell));
  let column = 0;
  const body = rest.join('<tbody').replace(/<tr(?=[\s>])|<t[dh](?=[\s>])/g, (tag) => {
    if (tag === '<tr') {
      column = 0;
      return tag;
    }
    const label = labels[column++];
    return label === undefined || column === 1 ? tag : `${tag} data-label="${label}"`;
  });
  return rest.length === 0 ? html : `${head}<tbody${body}`;
}

/** What a piece of HTML says, still escaped as HTML is. */
function textOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replaceAll('"', '&quot;');
}
