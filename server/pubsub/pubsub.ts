import type { Connection, Message } from '../connection/handler.ts';

/** Who gets what is published. */
export type Subscriber = Pick<Connection, 'bufferedBytes' | 'send' | 'close' | 'cutOff'>;

/** Brings a message to all who subscribed to its topic: in this process, or through a broker to other servers. */
export interface PubSub {
  subscribe(topic: string, subscriber: Subscriber): void;
  unsubscribe(topic: string, subscriber: Subscriber): void;
  /** @param message its payload is valid during the call only */
  publish(topic: string, message: Message): void;
}
