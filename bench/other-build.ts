import { isUtf8 } from 'node:buffer';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BadInput } from '../server/commands/command.ts';
import { DEFAULT_LIMITS } from '../src/protocol/index.ts';
import { type AnyReceiver, type ReceiverOf, receiveWith } from './receive.ts';
import { type AnySender, randomKeys, type SenderOf, sendWith } from './send.ts';

/** Another build of this project, in a folder of its own. */
export interface OtherBuild {
  /** The receiver of its server. */
  readonly serverReceiver: ReceiverOf;
  /** The receiver of its pages. Before there was one receiver for both, it had no shortcuts. */
  readonly pageReceiver: ReceiverOf;
  readonly sender: SenderOf;
}

// The parts of another build that are used here. Its types belong to another program, so they are declared again.
type Limits = typeof DEFAULT_LIMITS;
interface Memory {
  done(bytes: Uint8Array): void;
}
interface CountedMemory {
  release(bytes: Uint8Array): void;
}
type ReceiverClass<Options> = new (peer: 'client', limits: Limits, options?: Options) => AnyReceiver;
type SkipCharacters = (bytes: Uint8Array, start: number) => number;

/** @throws BadInput if the folder contains no build of a known layout */
export async function loadBuild(folder: string): Promise<OtherBuild> {
  if (existsSync(join(folder, 'src/protocol/messages/receiver.ts'))) return loadOneReceiver(folder);
  if (existsSync(join(folder, 'src/protocol/quick/quick-receiver.ts'))) return loadTwoReceivers(folder);
  throw new BadInput(`${folder} holds no build of this project that can be measured. Give the folder of a checkout.`);
}

/** Loads a build with the layout of this one. */
async function loadOneReceiver(folder: string): Promise<OtherBuild> {
  const { Receiver } = await load<{
    readonly Receiver: ReceiverClass<{ readonly memory?: Memory; readonly isUtf8?: typeof isUtf8 }>;
  }>(folder, 'src/protocol/messages/receiver.ts');
  const { MessageMemory } = await load<{ readonly MessageMemory: new () => Memory }>(
    folder,
    'src/bytes/memory/message-memory.ts',
  );
  const { SendMemory } = await load<{ readonly SendMemory: new () => Memory }>(
    folder,
    'src/bytes/memory/send-memory.ts',
  );
  const { Sender } = await load<{
    readonly Sender: new (memory: Memory | undefined, nextMaskingKey?: () => number) => AnySender;
  }>(folder, 'src/protocol/endpoint/sender.ts');
  return {
    serverReceiver(deliver) {
      const memory = new MessageMemory();
      const receiver = new Receiver('client', DEFAULT_LIMITS, { memory, isUtf8 });
      return receiveWith(receiver, deliver, (payload) => memory.done(payload));
    },
    pageReceiver: (deliver) => receiveWith(new Receiver('client', DEFAULT_LIMITS), deliver, () => {}),
    sender(masked, write) {
      if (masked) return sendWith(new Sender(undefined, randomKeys()), write, () => {});
      const memory = new SendMemory();
      return sendWith(new Sender(memory), write, (bytes) => memory.done(bytes));
    },
  };
}

/** Loads a build up to commit 3d21b1b, with a plain receiver for the pages, and one with shortcuts for the server. */
async function loadTwoReceivers(folder: string): Promise<OtherBuild> {
  const { Receiver } = await load<{ readonly Receiver: ReceiverClass<never> }>(
    folder,
    'src/protocol/endpoint/receiver.ts',
  );
  const { QuickReceiver } = await load<{
    readonly QuickReceiver: ReceiverClass<{
      readonly source: CountedMemory;
      readonly skipWholeCharacters: SkipCharacters;
    }>;
  }>(folder, 'src/protocol/quick/quick-receiver.ts');
  const { skipAsking } = await load<{ readonly skipAsking: (isText: typeof isUtf8) => SkipCharacters }>(
    folder,
    'src/protocol/quick/skip-characters.ts',
  );
  const { MessageMemory, SHORTEST_IN_MEMORY } = await load<{
    readonly MessageMemory: new () => CountedMemory;
    readonly SHORTEST_IN_MEMORY: number;
  }>(folder, 'src/protocol/quick/message-memory.ts');
  const { Sender } = await load<{ readonly Sender: new (nextMaskingKey: () => number) => AnySender }>(
    folder,
    'src/protocol/endpoint/sender.ts',
  );
  const { QuickSender } = await load<{ readonly QuickSender: new () => AnySender & { sent(bytes: Uint8Array): void } }>(
    folder,
    'src/protocol/quick/quick-sender.ts',
  );
  return {
    serverReceiver(deliver) {
      const memory = new MessageMemory();
      const options = { source: memory, skipWholeCharacters: skipAsking(isUtf8) };
      return receiveWith(new QuickReceiver('client', DEFAULT_LIMITS, options), deliver, (payload) => {
        if (payload.length >= SHORTEST_IN_MEMORY) memory.release(payload);
      });
    },
    pageReceiver: (deliver) => receiveWith(new Receiver('client', DEFAULT_LIMITS), deliver, () => {}),
    sender(masked, write) {
      if (masked) return sendWith(new Sender(randomKeys()), write, () => {});
      const sender = new QuickSender();
      return sendWith(sender, write, (bytes) => sender.sent(bytes));
    },
  };
}

async function load<Module>(folder: string, path: string): Promise<Module> {
  return (await import(pathToFileURL(join(folder, path)).href)) as Module;
}
