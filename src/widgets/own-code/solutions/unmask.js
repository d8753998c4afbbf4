function unmask(payload, key) {
  return payload.map((byte, i) => byte ^ key[i % 4]);
}
