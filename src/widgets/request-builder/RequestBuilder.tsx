import './request-builder.css';
import { LinkBadge, LinkNote } from '../base/link/LinkNote.tsx';
import { AnswerView } from './AnswerView.tsx';
import { PartRows } from './PartRows.tsx';
import { PredictionView, toneOf } from './PredictionView.tsx';
import type { Site } from './parts.ts';
import type { Requirements } from './predict.ts';
import { requestLines } from './request-lines.ts';
import { useRequestBuilder } from './use-request-builder.ts';

interface Props {
  /** The host and origin of the example. */
  readonly example: Site;
  readonly requirements: Requirements;
}

/** An opening handshake whose parts can be changed or left out, and the answer to it. RFC 6455 §4.2.1. */
export default function RequestBuilder({ example, requirements }: Props) {
  const { request, prediction, answer, companion, problem, act, drawKey, send } = useRequestBuilder(
    example,
    requirements,
  );
  const lines = requestLines(request);
  const marked = [prediction.broken, ...prediction.others].flatMap((rule) => rule?.part ?? []);
  return (
    <section
      class="figure wide request-builder"
      id="request-builder"
      aria-labelledby="request-builder-title"
      data-pagefind-ignore
    >
      <header class="figure-bar">
        <h3 class="figure-title" id="request-builder-title">
          Build a request and see the answer
        </h3>
        <LinkBadge link={companion.link} />
      </header>
      <div class="figure-body">
        {problem !== '' && (
          <p class="verdict" data-tone="danger" role="alert">
            {problem}
          </p>
        )}
        <div class="builder-columns">
          <div>
            <PartRows request={request} marked={marked} act={act} drawKey={drawKey} />
            <p class="verdict prediction-short" data-tone={toneOf(prediction)} aria-hidden="true">
              By the rules: <b>{prediction.status}</b>
            </p>
          </div>
          <div class="builder-results">
            <h4>The request</h4>
            <ol class="request-lines">
              {lines.map(({ text, end, part }, i) => (
                <li key={`${i}-${text}`} data-broken={isMarked(part, marked) || undefined}>
                  <code>{text}</code>
                  <span class="line-end">{END_NAMES[end]}</span>
                </li>
              ))}
            </ol>
            <PredictionView prediction={prediction} />
            <p class="needs-js">
              <button type="button" class="primary" disabled={answer.state === 'sending'} onClick={send}>
                Send the request
              </button>
            </p>
            <AnswerView answer={answer} expected={prediction.status} />
          </div>
        </div>
      </div>
      <LinkNote
        {...companion}
        example="A request that breaks no rule. With JavaScript on, you can change every part of it."
        live="A page cannot send such requests. So the companion opens a raw connection to itself and sends exactly these bytes."
        simulated="The server is simulated inside this page, with the companion’s own protocol code."
      />
    </section>
  );
}

const END_NAMES = { '\r\n': 'CR LF', '\n': 'LF', '': '' } as const;

/** The first line contains three of the parts. */
function isMarked(part: string, marked: readonly string[]): boolean {
  return marked.includes(part) || (part === 'method' && (marked.includes('path') || marked.includes('http')));
}
