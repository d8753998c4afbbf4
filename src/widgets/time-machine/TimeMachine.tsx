import './time-machine.css';
import { useId, useState } from 'preact/hooks';
import { countBytes } from '../../text/count.ts';
import { sayIgnored } from '../base/address/say-ignored.ts';
import { useHashParameters } from '../base/address/use-hash-parameters.ts';
import { bytesOfHello, bytesOfOpening, type Era, eraNamed, type WireStep } from './model.ts';

interface Props {
  readonly eras: readonly Era[];
}

/** RFC 6455, which the reader knows. */
const START = 3;

/** The same handshake and the same Hello, in six versions. Without JavaScript all six stand below each other. */
export default function TimeMachine({ eras }: Props) {
  const id = useId();
  const [at, setAt] = useState(START);
  const { write, problem } = useHashParameters((parameters) => {
    const asked = parameters.get('era');
    if (asked === null) return undefined;
    const found = eraNamed(eras, asked);
    if (found !== undefined) setAt(found);
    return sayIgnored(parameters, { era: eras[found ?? START]?.id ?? '' });
  });
  const go = (to: number) => {
    setAt(to);
    write({ era: eras[to]?.id ?? '' });
  };
  const era = eras[at];
  return (
    <div class="time-machine" data-era={era?.id}>
      <div class="era-choice needs-js">
        <label for={id}>Choose a version</label>
        <button type="button" aria-label="Earlier version" disabled={at === 0} onClick={() => go(at - 1)}>
          ←
        </button>
        <input
          id={id}
          type="range"
          min={0}
          max={eras.length - 1}
          value={at}
          aria-valuetext={`${era?.name}, ${era?.date}`}
          onInput={(event) => go(Number(event.currentTarget.value))}
        />
        <button type="button" aria-label="Later version" disabled={at === eras.length - 1} onClick={() => go(at + 1)}>
          →
        </button>
        <p class="era-said" role="status">
          {problem && `${problem} `}
          {era?.name}, {era?.date}
        </p>
      </div>
      {eras.map((each, i) => (
        <EraView key={each.id} era={each} shown={i === at} />
      ))}
    </div>
  );
}

function EraView({ era, shown }: { readonly era: Era; readonly shown: boolean }) {
  return (
    <section class="era" hidden={!shown} aria-label={era.name}>
      <h4>
        {era.name} <span>{era.date}</span>
      </h4>
      <p>
        Spoken by {era.spokenBy}. Opening: {countBytes(bytesOfOpening(era))}. Hello, there and back:{' '}
        {countBytes(bytesOfHello(era))}.
      </p>
      <ol class="era-steps plain-list">
        {era.steps.map((step) => (
          <StepView key={step.title} step={step} />
        ))}
      </ol>
      <p class="era-end">{era.end}</p>
    </section>
  );
}

function StepView({ step: { from, title, byteLength, parts } }: { readonly step: WireStep }) {
  return (
    <li data-from={from}>
      <p class="era-step">
        <b>
          {from === 'client' ? 'Client' : 'Server'} {from === 'client' ? '→' : '←'}
        </b>{' '}
        {title}
        {byteLength > 0 && <span> {countBytes(byteLength)}</span>}
      </p>
      {parts.length > 0 && (
        <dl>
          {parts.map(({ shown, isText, field, meaning }, i) => (
            <div key={i} class={field}>
              <dt data-text={isText || undefined}>{shown}</dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}
