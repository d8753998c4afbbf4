import type { READY_STATES, ReadyState, Transition } from '../../protocol/endpoint/ready-state.ts';

/** Where a state's box lies: its middle, in the drawing's own units. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** How an edge is drawn. */
export interface Edge {
  /** An SVG path, from box to box. */
  readonly path: string;
  readonly label: Place;
  readonly anchor: 'start' | 'end';
}

type States = typeof READY_STATES;

export const DRAWING = { width: 400, height: 470, box: { width: 104, height: 40 } } as const;

/** A state that the table gains has no place here: then this does not compile. */
export const PLACES: Readonly<Record<ReadyState, Place>> = {
  connecting: { x: 200, y: 32 },
  open: { x: 200, y: 132 },
  closing: { x: 110, y: 238 },
  ending: { x: 200, y: 340 },
  closed: { x: 200, y: 442 },
};

const edge = (path: string, x: number, y: number, anchor: Edge['anchor'] = 'start'): Edge => ({
  path,
  label: { x, y },
  anchor,
});

/** One edge for each transition of each state; the type asks for all of them, and for no other. */
export const EDGES: { readonly [State in ReadyState]: Readonly<Record<keyof States[State]['next'], Edge>> } = {
  connecting: {
    handshakeDone: edge('M200 52V106', 194, 84, 'end'),
    failed: edge('M252 40H344V334H258', 260, 55),
    tcpClosed: edge('M252 24H388V434H258', 260, 19),
  },
  open: {
    closeSent: edge('M176 152 132 212', 146, 182, 'end'),
    closeReceived: edge('M242 152V314', 248, 208),
    failed: edge('M252 140H322V346H258', 260, 155),
    tcpClosed: edge('M252 124H366V446H258', 260, 119),
  },
  closing: {
    closeReceived: edge('M132 258 176 314', 161, 286),
    failed: edge('M88 258V340H142', 82, 296, 'end'),
    tcpClosed: edge('M58 238H20V442H142', 26, 432),
  },
  ending: {
    tcpClosed: edge('M200 360V416', 206, 392),
  },
  closed: {},
};

/** What a transition is called in the drawing. */
export const TRANSITION_WORDS: Readonly<Record<Transition, string>> = {
  handshakeDone: 'handshake done',
  closeSent: 'sends close',
  closeReceived: 'gets close',
  failed: 'fails',
  tcpClosed: 'TCP ends',
};
