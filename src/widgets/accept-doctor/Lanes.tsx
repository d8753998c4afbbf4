import type { Lane, LaneRun } from './lane.ts';

interface Props {
  readonly lanes: readonly Lane[];
}

/** Your server's steps above the right ones. The differences are marked. */
export function Lanes({ lanes }: Props) {
  if (lanes.length === 0) return null;
  return (
    <div class="doctor-lanes">
      {lanes.map(({ name, same, gap, gone, right }) => (
        <section key={name} data-same={same || undefined}>
          <h4>
            {name} {same && <span class="doctor-same">the same</span>}
          </h4>
          <dl>
            {!same && <Run label="yours" run={gone} gap={gap} />}
            <Run label={same ? 'both' : 'right'} run={right} gap={gap} />
          </dl>
        </section>
      ))}
    </div>
  );
}

function Run({ label, run, gap }: { readonly label: string; readonly run: LaneRun; readonly gap: string }) {
  const { before, differs, after, byteLength } = run;
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <code>
          {before}
          {before !== '' && gap}
          {differs !== '' && <mark>{differs}</mark>}
          {after !== '' && gap}
          {after}
        </code>{' '}
        <span class="doctor-size">{byteLength === 1 ? '1 byte' : `${byteLength} bytes`}</span>
      </dd>
    </div>
  );
}
