/** A client that a reader can copy: it connects, says hello and closes. */
export interface Snippet {
  readonly id: string;
  readonly name: string;
  /** What is needed, and where this goes. */
  readonly note: string;
  readonly code: string;
}

/** @param address the address to connect to; it has no character that a shell or a string would interpret */
export function snippetsFor(address: string): readonly Snippet[] {
  return [
    {
      id: 'browser',
      name: 'Browser',
      note: 'Open the console of this page (F12), and paste.',
      code: `const ws = new WebSocket("${address}");
ws.onopen = () => ws.send("Hello");
ws.onmessage = ({ data }) => {
  console.log(data);
  ws.close(1000, "done");
};`,
    },
    {
      id: 'node',
      name: 'Node',
      note: 'Save as client.mjs and run: node client.mjs (Node 22 or newer).',
      code: `const ws = new WebSocket("${address}");
ws.onopen = () => ws.send("Hello");
ws.onmessage = ({ data }) => {
  console.log(data);
  ws.close(1000, "done");
};`,
    },
    {
      id: 'python',
      name: 'Python',
      note: 'Run once: pip install websockets. Save as client.py and run: python3 client.py.',
      code: `import asyncio
import websockets

async def main():
    async with websockets.connect("${address}") as ws:
        await ws.send("Hello")
        print(await ws.recv())

asyncio.run(main())`,
    },
    {
      id: 'wscat',
      name: 'wscat',
      note: 'In a terminal. npx comes with Node and fetches wscat.',
      code: `npx wscat --connect "${address}" --execute Hello --wait 1`,
    },
    {
      id: 'websocat',
      name: 'websocat',
      note: 'In a terminal. Get websocat from your package manager.',
      code: `echo Hello | websocat -n1 "${address}"`,
    },
    {
      id: 'go',
      name: 'Go',
      note: 'Save as main.go. Run: go mod init client && go get github.com/coder/websocket && go run .',
      code: `package main

import (
	"context"
	"fmt"

	"github.com/coder/websocket"
)

func main() {
	ctx := context.Background()
	ws, _, err := websocket.Dial(ctx, "${address}", nil)
	if err != nil {
		panic(err)
	}
	ws.Write(ctx, websocket.MessageText, []byte("Hello"))
	_, data, err := ws.Read(ctx)
	fmt.Println(string(data), err)
	ws.Close(websocket.StatusNormalClosure, "done")
}`,
    },
  ];
}
