import type { PresentedAnswer } from './present-answer.ts';
import type { Answer } from './run-request.ts';

interface Props {
  readonly answer: Answer;
  /** What the rules had said. */
  readonly expected: string;
}

/** The server's answer as it came, each line with what it says. */
export function AnswerView({ answer, expected }: Props) {
  return (
    <div class="builder-answer" role="status">
      {answer.state === 'sending' && <p>Sent. Waiting for what comes back.</p>}
      {answer.state === 'problem' && <p>{answer.problem}</p>}
      {answer.state === 'answered' && (
        <>
          <h4>
            {answer.live
              ? `What the companion on ${location.host} answered`
              : 'What the server simulated in this page answered'}
          </h4>
          {answer.whySimulated !== '' && <p>{answer.whySimulated}</p>}
          <Came answer={answer.answer} />
          <p class="verdict" data-tone={answer.answer.agrees ? 'ok' : 'danger'}>
            {answer.answer.agrees
              ? 'That is what the rules say.'
              : `The rules say ${expected}: this server decides differently here.`}
          </p>
        </>
      )}
    </div>
  );
}

function Came({ answer: { lines, body, hiddenCharacters, end } }: { readonly answer: PresentedAnswer }) {
  return (
    <>
      {lines.length > 0 && (
        <dl class="answer-lines">
          {lines.map(({ name, value, sentence, section }, i) => (
            <div key={`${i}-${name}`}>
              <dt>
                <code>{name === '' ? value : `${name}: ${value}`}</code>
              </dt>
              <dd>
                {sentence}
                {section !== undefined && (
                  <span class="answer-section"> {section.startsWith('RFC') ? section : `RFC 6455 §${section}`}</span>
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {body.length > 0 && (
        <div class="answer-body">
          <p>The body:</p>
          {body.map((line, i) => (
            <code key={`${i}-${line}`}>{line}</code>
          ))}
          {hiddenCharacters > 0 && <p>… and {hiddenCharacters} characters more.</p>}
        </div>
      )}
      <p>{end}</p>
    </>
  );
}
