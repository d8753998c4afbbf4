#!/usr/bin/env bash
# CPython 3.11.7 (Debian's python3): the incremental UTF-8 decoder, fed one byte at a time, rejects an overlong form and a code point
# above U+10FFFF at the second byte, but a surrogate (ed a0 80) only at the third. ed a0 can never become valid UTF-8.
# A validator of WebSocket text built on it rejects such a message one byte later than it could (RFC 6455 §8.1). No library was tried.
set -euo pipefail
seen=$(python3 - <<'PY'
import codecs
for name, text in (('overlong', 'e08080'), ('above U+10FFFF', 'f4908080'), ('surrogate', 'eda080')):
    decoder = codecs.getincrementaldecoder('utf-8')()
    for at, byte in enumerate(bytes.fromhex(text), 1):
        try:
            decoder.decode(bytes([byte]))
        except UnicodeDecodeError:
            print(f'{name}: rejected at byte {at}')
            break
PY
)
python3 --version
echo "$seen"
[ "$seen" = 'overlong: rejected at byte 2
above U+10FFFF: rejected at byte 2
surrogate: rejected at byte 3' ]
