import { useEffect, useId, useMemo, useState } from 'preact/hooks';
import { escapeText } from '../../text/escape-text.ts';
import { hashWithPasted, pastedOfHash } from './address.ts';
import { Findings } from './Findings.tsx';
import { Lanes } from './Lanes.tsx';
import { EXAMPLE, type Pasted, present, samplesFor } from './model.ts';
import './accept-doctor.css';

/** Takes a key and a server's answer, and names the mistake that turns one into the other. RFC 6455 §4.2.2. */
export default function AcceptDoctor() {
  const [pasted, setPasted] = useState<Pasted>(EXAMPLE);
  const id = useId();
  useEffect(() => {
    const read = () => setPasted((before) => pastedOfHash(location.hash) ?? before);
    read();
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }, []);
  const change = (changed: Partial<Pasted>): void => {
    const now = { ...pasted, ...changed };
    setPasted(now);
    history.replaceState(null, '', hashWithPasted(location.hash, now));
  };
  const { diagnosis, tone, lanes, excluded } = useMemo(() => present(pasted), [pasted]);
  const samples = useMemo(() => samplesFor(pasted.key), [pasted.key]);
  const chosen = samples.find(({ answer }) => answer === pasted.answer);
  return (
    <div class="accept-doctor">
      <div class="doctor-form needs-js">
        <label for={`${id}-key`}>Sec-WebSocket-Key of the request</label>
        <input
          id={`${id}-key`}
          type="text"
          value={pasted.key}
          onInput={(event) => change({ key: event.currentTarget.value })}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
        />
        <label for={`${id}-accept`}>Sec-WebSocket-Accept that your server answered</label>
        <textarea
          id={`${id}-accept`}
          rows={1}
          value={pasted.answer}
          onInput={(event) => change({ answer: event.currentTarget.value })}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
        />
        <label for={`${id}-sample`}>Or try a mistake with this key</label>
        <select
          id={`${id}-sample`}
          value={chosen?.name ?? ''}
          onChange={(event) => {
            const sample = samples.find(({ name }) => name === event.currentTarget.value);
            if (sample !== undefined) change({ answer: sample.answer });
          }}
        >
          <option value="">choose one …</option>
          {samples.map(({ name, title }) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </select>
      </div>
      <dl class="doctor-pasted">
        <dt>key</dt>
        <dd>
          <code class="value">{escapeText(pasted.key)}</code>
        </dd>
        <dt>answer</dt>
        <dd>
          <code class="value">{escapeText(pasted.answer)}</code>
        </dd>
      </dl>
      {diagnosis.keyProblem !== undefined && pasted.key.trim() !== '' && (
        <p class="verdict">
          The key itself is malformed. A server must refuse it, for example with status 400.{' '}
          {diagnosis.keyProblem.sentence}
        </p>
      )}
      <p class="verdict" data-tone={tone} role="status">
        {diagnosis.sentence}
      </p>
      <Findings findings={diagnosis.findings} />
      {excluded.length > 0 && (
        <details>
          <summary>Mistakes that do not give this answer</summary>
          <ul>
            {excluded.map((title) => (
              <li key={title}>{title}</li>
            ))}
          </ul>
        </details>
      )}
      <Lanes lanes={lanes} />
    </div>
  );
}
