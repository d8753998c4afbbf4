/* The whole inspector, loaded when the reader first does something. */
export { sendText } from './draft.ts';
export { InspectorDriver } from './driver.ts';
export { Everything } from './Everything.tsx';
