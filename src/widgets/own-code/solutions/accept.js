const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

function accept(key) {
  // The key stays the text that it is: nothing decodes it from base64.
  const text = new TextEncoder().encode(key + GUID);
  return base64(sha1(text));
}
