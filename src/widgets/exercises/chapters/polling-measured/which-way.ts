import type { Exercise } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

const WAYS = ['polling', 'long polling', 'server-sent events', 'WebSocket'] as const;

type Way = (typeof WAYS)[number];

interface Situation {
  readonly task: string;
  readonly right: Way;
  readonly sentences: Readonly<Record<Way, string>>;
}

const SITUATIONS: readonly Situation[] = [
  {
    task: 'A page shows tomorrow’s weather. The forecast changes every hour, and is the same for everybody.',
    right: 'polling',
    sentences: {
      polling: 'Right. A request every few minutes is nothing, and a cache can answer it for everybody.',
      'long polling': 'A request would be held for an hour, for news that can wait. Proxies end it long before that.',
      'server-sent events':
        'An open connection for each reader, for one event in an hour: a cache could have answered.',
      WebSocket: 'An open connection for each reader, for one message in an hour: a cache could have answered.',
    },
  },
  {
    task: 'A page shows the scores of a match as they change, as text. The reader only reads. You want the browser to reconnect by itself.',
    right: 'server-sent events',
    sentences: {
      polling: 'It would work, but a goal would wait for the next poll.',
      'long polling': 'It would work, with the heads of a request and a response for each goal.',
      'server-sent events': 'Right. The server alone has news, it is text, and the browser reconnects by itself.',
      WebSocket: 'It would work, but you would have to reconnect yourself, and the other direction stays unused.',
    },
  },
  {
    task: 'In a game, every player sends the position of the mouse 30 times in a second, as four bytes, and gets those of the others.',
    right: 'WebSocket',
    sentences: {
      polling: 'A request 30 times in a second, for four bytes each.',
      'long polling': 'It can answer once in a round trip. Positions would pile up and come late.',
      'server-sent events': 'They go one way, and carry text. The positions of the player would need requests.',
      WebSocket: 'Right. Both sides send often, bytes, and each message has to arrive soon.',
    },
  },
  {
    task: 'A chat has to work behind a proxy that collects each answer until it is complete, and that lets no WebSocket through. Messages are rare, and should come at once.',
    right: 'long polling',
    sentences: {
      polling: 'It would pass the proxy, but a message would wait for the next poll.',
      'long polling': 'Right. Each message is a complete answer, so the proxy passes it on at once.',
      'server-sent events': 'The answer never ends, so this proxy would pass on nothing.',
      WebSocket: 'The proxy lets none through. Over TLS it could not tell, but here it does.',
    },
  },
];

/** Which way fits? */
export const WHICH_WAY: Exercise = {
  id: 'which-way',
  title: 'Which way fits?',
  generate(seed) {
    const random = new SeededRandom(seed);
    const { task, right, sentences } = random.pick(SITUATIONS);
    return {
      question: {
        task,
        given: [],
        form: { kind: 'choice', legend: 'What fits best?', options: random.shuffle(WAYS) },
        hint: 'Who has news, how often, and how soon must it arrive?',
        solution: { steps: [sentences[right].replace('Right. ', '')], answer: [right] },
      },
      verify([given = '']) {
        const way = WAYS.find((each) => each === given);
        if (way === undefined) return { right: false, sentence: 'Choose one of the four.' };
        return { right: way === right, sentence: sentences[way] };
      },
    };
  },
};
