const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#34': '"', '#39': "'" };

/**
 * What stands over each column of a table, as text.
 *
 * @param html the inside of a table: one head row, then rows with a cell for each column
 */
export function headsOf(html: string): string[] {
  const [head = ''] = html.split('<tbody');
  return [...head.matchAll(/<th[\s>][\s\S]*?<\/th>/g)].map(([cell]) =>
    cell
      .replace(/<[^>]*>/g, '')
      .replace(/&([^;\s]+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
      .replace(/\s+/g, ' ')
      .trim(),
  );
}

/**
 * Writes the words of each column's head into the cells below it, as `data-label`.
 *
 * On a telephone the columns of a broad table do not fit side by side: there a row becomes a short list, and what
 * stood over the column stands in front of the cell.
 *
 * @param html as above
 * @returns the same with `data-label` on every cell of the body but the first of each row, which names the row
 */
export function labelCells(html: string): string {
  const labels = headsOf(html).map((text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;'));
  const [head, ...rest] = html.split('<tbody');
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
