import type { WireMessage } from './wire.ts';
import { checkWireMessage } from './wire-shape.ts';

/** The messages of one or more connections, recorded for a chapter. */
export interface Recording {
  readonly title: string;
  /** The client program with its version. */
  readonly browser?: string;
  readonly messages: readonly WireMessage[];
}

/** Writes a recording as JSON, one message on each line, so that two recordings can be compared line by line. */
export function formatRecording({ title, browser, messages }: Recording): string {
  const head = [`"title": ${JSON.stringify(title)}`];
  if (browser !== undefined) head.push(`"browser": ${JSON.stringify(browser)}`);
  const lines = messages.map((message) => `\n  ${JSON.stringify(message)}`).join(',');
  return `{\n${head.join(',\n')},\n"messages": [${lines}\n]\n}\n`;
}

/** Reads a recording. The problem names the wrong message. Never throws. */
export function parseRecording(text: string): { readonly recording: Recording } | { readonly problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'the recording is not JSON' };
  }
  return checkRecording(value);
}

function checkRecording(value: unknown): ReturnType<typeof parseRecording> {
  if (typeof value !== 'object' || value === null) return { problem: 'the recording is not an object' };
  if (!('title' in value) || typeof value.title !== 'string') return { problem: 'title must be a text' };
  const browser = 'browser' in value ? value.browser : undefined;
  if (browser !== undefined && typeof browser !== 'string') return { problem: 'browser must be a text' };
  if (!('messages' in value) || !Array.isArray(value.messages)) return { problem: 'messages must be a list' };
  const messages: WireMessage[] = [];
  for (const [index, message] of value.messages.entries()) {
    const checked = checkWireMessage(message, `messages[${index}]`);
    if ('problem' in checked) return checked;
    messages.push(checked.message);
  }
  return { recording: { title: value.title, ...(browser !== undefined && { browser }), messages } };
}
