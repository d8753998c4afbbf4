import { Sentence } from '../base/log/Sentence.tsx';
import type { PresentedAnswer } from './present-answer.ts';
import type { Answer } from './run-request.ts';

interface Props {
  readonly answer: Answer;
  /** The status by the rules. */
  readonly expected: string;
}

/** The server's answer, each line with its meaning. */
export function AnswerView({ answer, expected }: Props) {
  return (
    <div class="builder-answer" role="status">
      {answer.state === 'sending' && <p>Sent. Waiting for the answer.</p>}
      {answer.state === 'problem' && <p>{answer.problem}</p>}
      {answer.state === 'answered' && (
        <>
          <h4>
            {answer.live
              ? `The answer of the companion on ${location.host}`
              : 'The answer of the server simulated in this page'}
          </h4>
          {answer.whySimulated !== '' && <p>{answer.whySimulated}</p>}
          <Came answer={answer.answer} />
          <p class="verdict" data-tone={answer.answer.agrees ? 'ok' : 'danger'}>
            {answer.answer.agrees
              ? 'The answer follows the rules.'
              : `By the rules, the answer is ${expected}. This server decided differently.`}
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
                <Sentence text={sentence} />
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
          <p>Body:</p>
          {body.map((line, i) => (
            <code key={`${i}-${line}`}>{line}</code>
          ))}
          {hiddenCharacters > 0 && <p>… and {hiddenCharacters} more characters.</p>}
        </div>
      )}
      <p>{end}</p>
    </>
  );
}
