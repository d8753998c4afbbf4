import type { TrafficEvent } from '../../traffic/traffic.ts';
import { Conversation } from '../captures/conversation.ts';
import { bytesOfBase64, note, openWhole, textOf } from './whole-file.ts';

/** Opens what tshark's follow,tcp,yaml prints: the packets of one stream, in base64. */
export const openFollowYaml = openWhole({
  form: 'a followed stream as YAML',
  recognizes: (head) => /^peers:\s*\n\s+- peer: \d/m.test(head) && /^packets:/m.test(head),
  read: (bytes) => readYaml(textOf(bytes)),
});

const FIELD = /^\s+(?:- )?(packet|peer|host|port|timestamp|data): *(.*)$/;

function readYaml(text: string): TrafficEvent[] {
  const events: TrafficEvent[] = [];
  const hosts = ['', ''];
  const [peers = '', packets = ''] = text.split(/^packets:.*$/m, 2);
  let peer = 0;
  for (const line of peers.split('\n')) {
    const [, name, value = ''] = FIELD.exec(line) ?? [];
    if (name === 'peer') peer = value.trim() === '1' ? 1 : 0;
    if (name === 'host') hosts[peer] = value.trim();
    if (name === 'port') hosts[peer] += `:${value.trim()}`;
  }
  let connections = 0;
  const conversation = new Conversation({ emit: (event) => events.push(event), nextConnection: () => ++connections }, [
    hosts[0] ?? '',
    hosts[1] ?? '',
  ]);
  let timeMs = 0;
  let base64 = '';
  let isInData = false;
  const endPacket = () => {
    const bytes = base64 === '' ? undefined : bytesOfBase64(base64);
    if (bytes !== undefined) conversation.bytes(peer === 1 ? 1 : 0, bytes, timeMs);
    else if (base64 !== '') events.push(note('The data of a packet is not base64, and is left out.'));
    base64 = '';
    isInData = false;
  };
  for (const line of packets.split('\n')) {
    const [, name, value = ''] = FIELD.exec(line) ?? [];
    if (name === undefined) {
      if (isInData) base64 += line.trim();
      continue;
    }
    if (name === 'packet') endPacket();
    if (name === 'peer') peer = value.trim() === '1' ? 1 : 0;
    if (name === 'timestamp') timeMs = Number(value) * 1000;
    if (name === 'data') {
      isInData = true;
      base64 = value.replace(/^!!binary\s*[|>]?[-+]?/, '').trim();
    }
  }
  endPacket();
  return events;
}
