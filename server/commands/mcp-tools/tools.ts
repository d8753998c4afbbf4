import { fromJsonSchema, type McpServer } from '@modelcontextprotocol/server';
import { isLoopbackName } from '../../../src/companion/policy/host.ts';
import { redactText } from '../../../src/inspector/redact/redact-text.ts';
import { escapeUnseen } from '../../../src/text/quote-text.ts';
import { BadInput, type Command } from '../command.ts';
import { explainEndings, listConnections, listMessages, MAX_ANSWER, MAX_LISTED, showMessage } from './answers.ts';
import { Sources } from './sources.ts';

const SOURCE = {
  type: 'string',
  minLength: 1,
  description:
    'The path of a recording (pcap, pcapng, HAR, log, dump, …), or the address of a companion or proxy on this machine, such as http://localhost:8080/',
};
const CONNECTION = { type: 'integer', minimum: 1, description: 'The number of the connection' };
const READS = { readOnlyHint: true } as const;

interface Asked {
  readonly source: string;
  readonly connection: number;
  readonly index: number;
  readonly from?: number;
  readonly count?: number;
}

/**
 * Registers the tools of Framelight. Each answer is text of bounded length, without secrets.
 *
 * @param folder the only one whose recordings may be opened
 */
export function registerTools(server: McpServer, folder?: string): Sources {
  const sources = new Sources(folder);
  const ask = <T>(
    name: string,
    description: string,
    properties: Record<string, object>,
    required: readonly string[],
    answer: (asked: T) => Promise<string>,
  ): void => {
    const inputSchema = fromJsonSchema<T>({
      type: 'object',
      properties,
      required: [...required],
      additionalProperties: false,
    } as never);
    server.registerTool(name, { description, inputSchema, annotations: READS }, async (asked) => {
      try {
        return { content: [{ type: 'text', text: escapeUnseen(await answer(asked as T)) }] };
      } catch (error) {
        if (!(error instanceof BadInput)) throw error;
        return { isError: true, content: [{ type: 'text', text: escapeUnseen(error.message) }] };
      }
    });
  };
  ask<Asked>(
    'list_connections',
    'Lists the WebSocket connections of a recording or of a running companion, one line each.',
    { source: SOURCE },
    ['source'],
    async ({ source }) => listConnections(await sources.read(source)),
  );
  ask<Asked>(
    'list_messages',
    'Lists the heads, frames and messages of one connection, one line each, with an index.',
    {
      source: SOURCE,
      connection: CONNECTION,
      from: { type: 'integer', minimum: 0, description: 'The index of the first one (default: 0)' },
      count: { type: 'integer', minimum: 1, maximum: MAX_LISTED, description: 'How many (default: 50)' },
    },
    ['source', 'connection'],
    async ({ source, connection, from, count }) => listMessages(await sources.read(source), connection, from, count),
  );
  ask<Asked>(
    'show_frame',
    'Shows one frame, field by field and bit by bit, with the rules that it breaks; or a whole head.',
    {
      source: SOURCE,
      connection: CONNECTION,
      index: { type: 'integer', minimum: 0, description: 'As list_messages counts' },
    },
    ['source', 'connection', 'index'],
    async ({ source, connection, index }) => showMessage(await sources.read(source), connection, index),
  );
  ask<Partial<Asked> & { readonly source: string }>(
    'why_did_it_end',
    'Says why connections ended: who ended each one, with which close code, the likely cause and what to do.',
    { source: SOURCE, connection: CONNECTION },
    ['source'],
    async ({ source, connection }) => explainEndings(await sources.read(source), connection),
  );
  ask<{ readonly bytes: string }>(
    'decode',
    'Takes the bytes of WebSocket frames apart, in any form: hex, base64, a dump, an array of a program.',
    { bytes: { type: 'string', minLength: 1, maxLength: 1024 * 1024 } },
    ['bytes'],
    async ({ bytes }) => {
      // For the command it is standard input, which carries the protocol here.
      if (bytes === '-') throw new BadInput('"-" has no bytes. Give them in hex, such as 8105.');
      return outputOf((await import('../decode.ts')).decode, ['--', bytes]);
    },
  );
  ask<{ readonly key: string }>(
    'accept',
    'Computes the Sec-WebSocket-Accept that belongs to a Sec-WebSocket-Key, step by step.',
    { key: { type: 'string', minLength: 1, maxLength: 1024 } },
    ['key'],
    async ({ key }) => outputOf((await import('../accept.ts')).accept, ['--explain', '--', key]),
  );
  ask<{ readonly url: string }>(
    'doctor',
    'Finds out why a WebSocket to a server on this machine does not open: DNS, TCP, TLS, HTTP and the handshake, step by step.',
    { url: { type: 'string', minLength: 1, maxLength: 4096 } },
    ['url'],
    async ({ url }) => {
      refuseElsewhere(url);
      return outputOf((await import('../doctor.ts')).doctor, ['--', url]);
    },
  );
  ask<{ readonly url: string; readonly only?: string }>(
    'check',
    'Tests a server on this machine that echoes every message against RFC 6455, and says the likely causes of failures. It sends broken frames.',
    {
      url: { type: 'string', minLength: 1, maxLength: 4096 },
      only: { type: 'string', minLength: 1, maxLength: 100, description: 'The start of the ids, such as 5.5' },
    },
    ['url'],
    async ({ url, only }) =>
      outputOf((await import('../check.ts')).check, [...(only === undefined ? [] : [`--only=${only}`]), '--', url]),
  );
  return sources;
}

/** An agent can be talked into naming any address: what it starts must not reach other machines. */
function refuseElsewhere(url: string): void {
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : `ws://${url}`;
  // What is no address at all is refused by the command.
  if (!URL.canParse(full) || isLoopbackName(new URL(full).hostname)) return;
  throw new BadInput(`${url} is not on this machine. A person can run it: framelight doctor ${url}`);
}

/** A header with a secret in what a command prints: it quotes the heads of a server. */
const SECRET_HEADER = /\b((?:set-)?cookie|(?:proxy-)?authorization)(\s*:\s*)([^\r\n]+)/gi;

function withoutSecrets(text: string): string {
  return redactText(text).text.replace(SECRET_HEADER, (_, name: string, colon: string, value: string) => {
    return name + colon + 'x'.repeat(value.length);
  });
}

/** What a command prints, without progress. */
async function outputOf(command: Command, args: readonly string[]): Promise<string> {
  let [out, err] = ['', ''];
  await command.run(args, {
    out(text) {
      out += text;
    },
    err(text) {
      err += text;
    },
  });
  const text = withoutSecrets(out === '' ? err : out);
  // The end of a report has its causes and totals.
  if (text.length <= MAX_ANSWER) return text;
  const half = MAX_ANSWER / 2;
  return `${text.slice(0, half)}\n… ${text.length - MAX_ANSWER} characters are left out here …\n${text.slice(-half)}`;
}
