import { useEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import { useHashParameters } from '../base/address/use-hash-parameters.ts';
import { drawKey } from '../base/draw-key.ts';
import { type Companion, useCompanion } from '../base/link/use-companion.ts';
import { type BuilderAction, linkedRequest, linkOfRequest, reduceBuilder, rightRequest } from './model.ts';
import type { Site } from './parts.ts';
import { type Prediction, predict, type Requirements } from './predict.ts';
import type { Request } from './request-lines.ts';
import { type Answer, runRequest } from './run-request.ts';

/** The figure as its view sees it. */
export interface RequestBuilder {
  readonly request: Request;
  readonly prediction: Prediction;
  readonly answer: Answer;
  readonly companion: Companion;
  /** What is wrong with the request in the address. */
  readonly problem: string;
  readonly act: (action: BuilderAction) => void;
  readonly drawKey: () => void;
  readonly send: () => void;
}

/** Joins the model to the world: the address, and a raw connection to the companion. */
export function useRequestBuilder(example: Site, requirements: Requirements): RequestBuilder {
  const [request, dispatch] = useReducer(reduceBuilder, example, rightRequest);
  const [answer, setAnswer] = useState<Answer>({ state: 'none' });
  const companion = useCompanion();
  const prediction = useMemo(() => predict(request, requirements), [request, requirements]);
  // The address is the reader's: it changes only by what the reader does.
  const acted = useRef(false);
  const sent = useRef(request);

  const { write, problem } = useHashParameters((parameters) => {
    const linked = linkedRequest(parameters);
    if (linked === undefined) return undefined;
    if ('problem' in linked) return linked.problem;
    dispatch({ type: 'put', linked });
    return undefined;
  });
  useEffect(() => {
    const { host, origin } = location;
    dispatch({ type: 'site', site: { host, origin } });
  }, []);
  useEffect(() => {
    sent.current = request;
    // An answer to another request says nothing about this one.
    setAnswer({ state: 'none' });
    if (acted.current) write(linkOfRequest(request));
  }, [request]);

  const act = (action: BuilderAction): void => {
    acted.current = true;
    dispatch(action);
  };
  return {
    request,
    prediction,
    answer,
    companion,
    problem,
    act,
    drawKey: () => act({ type: 'site', site: { key: drawKey() } }),
    send() {
      setAnswer({ state: 'sending' });
      void runRequest(request, prediction, companion.link.state === 'live').then((next) => {
        if (next.state === 'answered' && next.whySimulated !== '') companion.lose(next.whySimulated);
        if (sent.current === request) setAnswer(next);
      });
    },
  };
}
