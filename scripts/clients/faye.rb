# faye-websocket as a client that echoes: ruby faye.rb ws://127.0.0.1:9001 AGENT
require 'eventmachine'
require 'faye/websocket'
require 'json'
require 'net/http'

server, agent = ARGV
cases = JSON.parse(Net::HTTP.get(URI("#{server.sub('ws', 'http')}/cases.json")))['cases']

run = lambda do |index|
  return EM.stop if index == cases.length
  path = cases[index]['path']
  socket = Faye::WebSocket::Client.new("#{server}#{path}?agent=#{agent}")
  socket.on(:open) { |_| socket.close if path.end_with?('client-closes') }
  socket.on(:message) { |event| socket.send(event.data) }
  socket.on(:close) { |_| EM.next_tick { run.call(index + 1) } }
end
EM.run { run.call(0) }
