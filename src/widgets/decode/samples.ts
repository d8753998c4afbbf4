/** Bytes to try, in the formats that readers paste most. */
export const SAMPLES: readonly { readonly name: string; readonly text: string }[] = [
  {
    name: 'xxd',
    text: `00000000: 81a7 37fa 213d 4cd8 5544 479f 0307 1589  ..7.!=L.UDG.....
00000010: 545f 4499 5354 559f 0311 1599 495c 5994  T_D.STU.....I\\Y.
00000020: 4451 15c0 034d 4593 4258 44d8 5c         DQ...ME.BXD.\\`,
  },
  {
    name: 'Wireshark',
    text: `0000   81 25 7b 22 63 68 61 6e 6e 65 6c 22 3a 22 70 72   .%{"channel":"pr
0010   69 63 65 73 22 2c 22 45 55 52 2f 55 53 44 22 3a   ices","EUR/USD":
0020   31 2e 30 38 34 32 7d                              1.0842}`,
  },
  { name: 'Python', text: String.raw`b'\x82\x887\xfa!=\xbe\xaaoz:\xf0;7'` },
  {
    name: 'six frames',
    text: `81 a7 37 fa 21 3d 4c d8 55 44 47 9f 03 07 15 89 54 5f 44 99 53 54 55 9f 03 11 15 99 49 5c 59 94 44 51 15 c0 03 4d 45 93 42 58 44 d8 5c
81 25 7b 22 63 68 61 6e 6e 65 6c 22 3a 22 70 72 69 63 65 73 22 2c 22 45 55 52 2f 55 53 44 22 3a 31 2e 30 38 34 32 7d
89 0c 73 74 69 6c 6c 20 74 68 65 72 65 3f
8a 8c 5d 7e c3 91 2e 0a aa fd 31 5e b7 f9 38 0c a6 ae
88 85 0b ad ca fe 08 45 a8 87 6e
88 05 03 e8 62 79 65`,
  },
];
