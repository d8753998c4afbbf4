// Gorilla as a client that echoes: GO111MODULE=off GOPATH=/usr/share/gocode go run scripts/clients/gorilla.go ws://127.0.0.1:9001 AGENT
package main

import (
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/gorilla/websocket"
)

func run(url string) {
	dialer := websocket.Dialer{EnableCompression: true, HandshakeTimeout: 20 * time.Second}
	socket, _, err := dialer.Dial(url, nil)
	if err != nil {
		return
	}
	defer socket.Close()
	if strings.Contains(url, "client-closes") {
		socket.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseNormalClosure, ""))
	}
	for {
		kind, data, err := socket.ReadMessage()
		if err != nil {
			return
		}
		socket.WriteMessage(kind, data)
	}
}

func main() {
	server, agent := os.Args[1], os.Args[2]
	response, err := http.Get(strings.Replace(server, "ws", "http", 1) + "/cases.json")
	if err != nil {
		panic(err)
	}
	var index struct{ Cases []struct{ Path string } }
	json.NewDecoder(response.Body).Decode(&index)
	for _, each := range index.Cases {
		run(server + each.Path + "?agent=" + agent)
	}
}
