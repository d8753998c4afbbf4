import type { Finding } from '../../inspector/accept-doctor/finding.ts';

interface Props {
  readonly findings: readonly Finding[];
}

/** Each mistake: its cause, the bytes that show it, the fix. */
export function Findings({ findings }: Props) {
  return (
    <>
      {findings.map(({ name, title, cause, evidence, fix }) => (
        <dl class="doctor-finding" key={name} data-finding={name}>
          {findings.length > 1 && (
            <div>
              <dt>mistake</dt>
              <dd>{title}.</dd>
            </div>
          )}
          <div>
            <dt>what happened</dt>
            <dd>{cause}</dd>
          </div>
          <div>
            <dt>evidence</dt>
            <dd>{evidence}</dd>
          </div>
          <div>
            <dt>how to fix it</dt>
            <dd>
              <strong>{fix}</strong>
            </dd>
          </div>
        </dl>
      ))}
    </>
  );
}
