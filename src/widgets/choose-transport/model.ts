/** A question, and its answers. The first answer is chosen at the beginning. */
export interface Question {
  readonly id: 'who' | 'soon' | 'what' | 'lost';
  readonly text: string;
  readonly answers: readonly { readonly id: string; readonly text: string }[];
}

export const QUESTIONS: readonly Question[] = [
  {
    id: 'who',
    text: 'Who sends?',
    answers: [
      { id: 'page', text: 'the page asks, the server answers' },
      { id: 'server', text: 'mostly the server' },
      { id: 'both', text: 'both, at any time' },
    ],
  },
  {
    id: 'soon',
    text: 'How soon must it arrive?',
    answers: [
      { id: 'later', text: 'within a minute' },
      { id: 'now', text: 'at once' },
    ],
  },
  {
    id: 'what',
    text: 'What is it?',
    answers: [
      { id: 'text', text: 'text' },
      { id: 'bytes', text: 'bytes, too' },
    ],
  },
  {
    id: 'lost',
    text: 'A packet is lost on the way. What then?',
    answers: [
      { id: 'wait', text: 'wait until it is sent again' },
      { id: 'skip', text: 'go on without it' },
    ],
  },
];

/** An answer to each question, by its id. */
export type Choices = Readonly<Record<Question['id'], string>>;

export const FIRST_CHOICES: Choices = { who: 'both', soon: 'now', what: 'text', lost: 'wait' };

export interface Advice {
  readonly tool: 'fetch' | 'Server-sent events' | 'WebSocket' | 'WebTransport';
  readonly why: string;
  /** How it begins in a page. */
  readonly code: string;
}

const FETCH = 'const answer = await fetch("/question");';

/** The simplest interface of the browser that does what is asked. */
export function advise({ who, soon, what, lost }: Choices): Advice {
  if (lost === 'skip') {
    return {
      tool: 'WebTransport',
      why: 'Only its datagrams do not wait for lost packets. You need a server with HTTP/3, and a second way for networks that block UDP.',
      code: 'const transport = new WebTransport("https://example.org/game");',
    };
  }
  if (who === 'page') {
    return {
      tool: 'fetch',
      why: 'HTTP is made for a question and its answer. Nothing has to stay open, and caches, logs and proxies understand it.',
      code: FETCH,
    };
  }
  if (who === 'server' && soon === 'later') {
    return {
      tool: 'fetch',
      why: 'Ask once a minute. That is polling, and if a minute is soon enough, nothing is wrong with it.',
      code: `setInterval(async () => { ${FETCH} }, 60_000);`,
    };
  }
  if (who === 'server' && what === 'text') {
    return {
      tool: 'Server-sent events',
      why: 'A response that never ends, with a line of text for each event. The browser reconnects by itself, and sends the last id.',
      code: 'const events = new EventSource("/events");',
    };
  }
  return {
    tool: 'WebSocket',
    why:
      who === 'server'
        ? 'An event stream carries only text. WebSocket carries bytes as they are.'
        : 'Both sides send when they want, in order, over one connection that stays open.',
    code: 'const socket = new WebSocket("wss://example.org/chat");',
  };
}
