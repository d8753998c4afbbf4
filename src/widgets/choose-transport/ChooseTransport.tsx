import './choose-transport.css';
import { useId, useState } from 'preact/hooks';
import { advise, FIRST_CHOICES, QUESTIONS } from './model.ts';

/** Four questions, and the simplest interface that fits the answers. */
export default function ChooseTransport() {
  const id = useId();
  const [choices, setChoices] = useState(FIRST_CHOICES);
  const { tool, why, code } = advise(choices);
  return (
    <div class="choose-transport" data-tool={tool}>
      {QUESTIONS.map((question) => (
        <fieldset key={question.id}>
          <legend>{question.text}</legend>
          {question.answers.map((answer) => (
            <label key={answer.id}>
              <input
                type="radio"
                name={`${id}-${question.id}`}
                checked={choices[question.id] === answer.id}
                onChange={() => setChoices({ ...choices, [question.id]: answer.id })}
              />{' '}
              {answer.text}
            </label>
          ))}
        </fieldset>
      ))}
      <div class="advice" role="status">
        <p>
          Use <strong>{tool}</strong>. {why}
        </p>
        <code>{code}</code>
      </div>
    </div>
  );
}
