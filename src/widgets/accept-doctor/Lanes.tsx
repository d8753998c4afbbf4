import type { Lane, LaneRun } from './lane.ts';

interface Props {
  readonly lanes: readonly Lane[];
}

/** The way that was gone above the right one, step by step; what differs is marked. */
export function Lanes({ lanes }: Props) {
  if (lanes.length === 0) return null;
  return (
    <div class="doctor-lanes">
      {lanes.map(({ name, same, gone, right }) => (
        <section key={name} data-same={same || undefined}>
          <h4>
            {name} {same && <span class="doctor-same">the same</span>}
          </h4>
          <dl>
            {!same && <Run label="yours" run={gone} />}
            <Run label={same ? 'both' : 'right'} run={right} />
          </dl>
        </section>
      ))}
    </div>
  );
}

function Run({ label, run }: { readonly label: string; readonly run: LaneRun }) {
  const { before, differs, after, byteLength } = run;
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <code>
          {before}
          {differs !== '' && <mark>{differs}</mark>}
          {after}
        </code>{' '}
        <span class="doctor-size">{byteLength === 1 ? '1 byte' : `${byteLength} bytes`}</span>
      </dd>
    </div>
  );
}
