import { useCallback, useEffect, useReducer, useRef, useState } from 'preact/hooks';
import { parseDoctorAnswer } from '../../companion/doctor.ts';
import { DOCTOR_PATH } from '../../companion/paths.ts';
import { findCompanion } from '../base/link/find-companion.ts';
import { type DoctorAction, type DoctorState, INITIAL_DOCTOR, reduceDoctor } from './model.ts';

/** Whether a companion is there that can examine an address. */
export type Companion =
  | { readonly state: 'looking' }
  | { readonly state: 'live'; readonly host: string }
  | { readonly state: 'absent'; readonly why: string };

/** The state of the figure, and its actions. */
export interface Doctor {
  readonly state: DoctorState;
  readonly companion: Companion;
  readonly dispatch: (action: DoctorAction) => void;
  readonly look: () => void;
  readonly start: () => void;
}

/** Connects the model to the companion. */
export function useDoctor(): Doctor {
  const [state, dispatch] = useReducer(reduceDoctor, INITIAL_DOCTOR);
  const [companion, setCompanion] = useState<Companion>({ state: 'looking' });
  const leave = useRef<(() => void) | undefined>(undefined);
  const look = useCallback(() => {
    setCompanion({ state: 'looking' });
    void findCompanion().then(({ found, why }) =>
      setCompanion(found ? { state: 'live', host: location.host } : { state: 'absent', why }),
    );
  }, []);
  useEffect(look, [look]);
  useEffect(() => () => leave.current?.(), []);
  const start = (): void => {
    dispatch({ type: 'start' });
    leave.current?.();
    leave.current = ask(state.url, dispatch);
  };
  return { state, companion, dispatch, look, start };
}

/** Sends the address to the companion, and passes its answers on. @returns a function that ends it */
function ask(url: string, dispatch: (action: DoctorAction) => void): () => void {
  const socket = new WebSocket(DOCTOR_PATH);
  const leave = (): void => {
    socket.onclose = null;
    socket.onmessage = null;
    socket.close();
  };
  socket.onopen = () => socket.send(url);
  socket.onmessage = ({ data }) => {
    const parsed = parseDoctorAnswer(String(data));
    if ('problem' in parsed) {
      leave();
      dispatch({ type: 'lose', why: `${parsed.problem} Restart the companion and reload the page.` });
      return;
    }
    dispatch({ type: 'answer', answer: parsed.answer });
    if (parsed.answer.type !== 'step') leave();
  };
  socket.onclose = () =>
    dispatch({ type: 'lose', why: 'The companion stopped answering. Start it again with npm start.' });
  return leave;
}
