import type { StreamView } from './model.ts';

interface Props {
  readonly view: StreamView;
  readonly naiveTitle: string;
  /** What is wrong with the address. */
  readonly problem: string;
}

/** What each parser makes of each read, and how it comes out in the end. */
export function ReadTable({ view, naiveTitle, problem }: Props) {
  const { rows, naive, ours } = view;
  return (
    <>
      <table class="stream-reads">
        <thead>
          <tr>
            <th scope="col">TCP delivers</th>
            <th scope="col">{naiveTitle}</th>
            <th scope="col">Ours</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.title}>
              <th scope="row">
                {row.title} <span class="stream-size">{row.bytes}</span>
              </th>
              <td data-tone={row.naive.tone} data-label="naive">
                {row.naive.said}
              </td>
              <td data-tone={row.ours.tone} data-label="ours">
                {row.ours.said}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div class="stream-results" role="status">
        {problem !== '' && (
          <p class="verdict" data-tone="danger">
            {problem}
          </p>
        )}
        <p class="verdict" data-tone={naive.tone}>
          <strong>Naive:</strong> {naive.sentence}
        </p>
        <p class="verdict" data-tone={ours.tone}>
          <strong>Ours:</strong> {ours.sentence}
        </p>
      </div>
    </>
  );
}
