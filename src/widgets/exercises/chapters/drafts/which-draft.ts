import { hixie75Request, hixie76Request, hybi10Request } from '../../../../drafts/draft-heads.ts';
import { EXAMPLE_CHALLENGE } from '../../../../drafts/hixie-challenge.ts';
import { encodeKey } from '../../../../protocol/handshake/accept/accept-key.ts';
import type { RequestHead } from '../../../../protocol/handshake/head/head.ts';
import { createRequest } from '../../../../protocol/handshake/request/request.ts';
import type { Exercise } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

const HOSTS = ['example.com', 'chat.example.org', 'localhost:8000', 'game.example.net'];
const TARGETS = ['/chat', '/echo', '/demo', '/feed?room=7'];

const VERSIONS = {
  'hixie-75': 'There is no key, so no client can check that the server speaks WebSocket.',
  'hixie-76': 'There are two keys with digits and spaces. Eight more bytes follow the head.',
  'HyBi-10': 'There is a key in base64, and the version is 8.',
  'RFC 6455': 'There is a key in base64, and the version is 13.',
} as const;
type Version = keyof typeof VERSIONS;
const NAMES = Object.keys(VERSIONS) as Version[];

function requestOf(version: Version, random: SeededRandom): RequestHead {
  const host = random.pick(HOSTS);
  const asked = { host, target: random.pick(TARGETS), origin: `http://${host}` };
  const key = encodeKey(random.bytes(16));
  switch (version) {
    case 'hixie-75':
      return hixie75Request(asked);
    case 'hixie-76':
      return hixie76Request(asked, EXAMPLE_CHALLENGE.key1, EXAMPLE_CHALLENGE.key2);
    case 'HyBi-10':
      return hybi10Request(asked, key);
    case 'RFC 6455':
      return createRequest({ ...asked, key });
  }
}

/** A request shows which version its client speaks. */
export const WHICH_DRAFT: Exercise = {
  id: 'which-draft',
  title: 'Which version is this?',
  generate(seed) {
    const random = new SeededRandom(seed);
    const version = random.pick(NAMES);
    const { method, target, headers } = requestOf(version, random);
    const lines = [
      `${method} ${target} HTTP/1.1`,
      ...random.shuffle(headers).map(({ name, value }) => `${name}: ${value}`),
    ];
    return {
      question: {
        task: 'An old client sends this. Which version of the protocol does it speak?',
        given: [{ kind: 'lines', label: 'The request', lines }],
        form: { kind: 'choice', legend: 'The version', options: NAMES },
        hint: 'Look at the keys first, and then for a version.',
        solution: { steps: [VERSIONS[version]], answer: [version] },
      },
      verify([answer = '']) {
        if (answer === version) return { right: true, sentence: VERSIONS[version] };
        const said = VERSIONS[answer as Version];
        return {
          right: false,
          sentence: said === undefined ? 'Choose one of the four versions.' : `No. In ${answer}: ${said}`,
        };
      },
    };
  },
};
