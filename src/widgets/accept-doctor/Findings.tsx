import type { Finding } from '../../inspector/accept-doctor/finding.ts';

interface Props {
  readonly findings: readonly Finding[];
}

/** Each mistake: what the server did, how to recognize it, and how to fix it. */
export function Findings({ findings }: Props) {
  return (
    <>
      {findings.map(({ name, title, done, shows, mend }) => (
        <dl class="doctor-finding" key={name} data-finding={name}>
          {findings.length > 1 && (
            <div>
              <dt>mistake</dt>
              <dd>{title}.</dd>
            </div>
          )}
          <div>
            <dt>what happened</dt>
            <dd>{done}</dd>
          </div>
          <div>
            <dt>how it shows</dt>
            <dd>{shows}</dd>
          </div>
          <div>
            <dt>how to fix it</dt>
            <dd>
              <strong>{mend}</strong>
            </dd>
          </div>
        </dl>
      ))}
    </>
  );
}
