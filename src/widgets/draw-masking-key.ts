/** A masking-key as a client draws it for each frame: nobody can foresee it. RFC 6455 §5.3. */
export function drawMaskingKey(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] as number;
}
