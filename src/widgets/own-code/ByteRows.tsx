import type { ComparedBytes } from './judge/compare-bytes.ts';

/** The expected bytes above the ones that came. Every wrong one is marked. */
export function ByteRows({ what, rows, offset, at }: ComparedBytes) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard reaches what scrolls sideways only if it takes the focus
    <div class="own-code-bytes" role="group" aria-label={`Expected and got: ${what}`} tabIndex={0}>
      <table>
        <tbody>
          <tr>
            <th scope="row">byte</th>
            {rows.map((_, i) => (
              <td key={i} class="own-code-place">
                {offset + i + 1}
              </td>
            ))}
          </tr>
          {(['expected', 'got'] as const).map((side) => (
            <tr key={side}>
              <th scope="row">{side}</th>
              {rows.map(({ differs, ...sides }, i) => (
                <td key={i} data-differs={differs ? side : undefined} data-first={offset + i === at || undefined}>
                  {sides[side] ?? '··'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
