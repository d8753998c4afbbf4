import { describe, expect, it } from 'vitest';
import { headsOf, labelCells } from './label-cells.ts';

const HEAD = '<thead> <tr> <th scope="col">State</th> <th>Sent to <code>close()</code>, or "said"</th> </tr> </thead>';

describe('headsOf', () => {
  it('is the text over each column, and nothing of the body', () => {
    const head = '<thead><tr><th scope="col"><b>a</b> &amp; b</th><th>“c”, &quot;d&quot;</th></tr></thead>';
    expect(headsOf(`${head}<tbody><tr><th>e</th><td>f</td></tr></tbody>`)).toEqual(['a & b', '“c”, "d"']);
  });
});

describe('labelCells', () => {
  it('gives each cell the words of its column, tags left out and quotes escaped', () => {
    const row = '<tr id="a"> <th scope="row">open</th> <td class="b">yes</td> </tr>';
    expect(labelCells(`${HEAD}<tbody> ${row} ${row} </tbody>`)).toBe(
      `${HEAD}<tbody> ${`${row} ${row}`.replaceAll('<td', '<td data-label="Sent to close(), or &quot;said&quot;"')} </tbody>`,
    );
  });

  it('names no cell of a column without a head, and leaves a table without a body as it is', () => {
    expect(labelCells('<thead><tr><th>a</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody>')).toContain(
      '<tr><td>1</td><td>2</td></tr>',
    );
    expect(labelCells(HEAD)).toBe(HEAD);
  });
});
