// Runs before every test file, in both projects of vitest.config.ts: the one place that seeds the properties.
import fc from 'fast-check';
import { parametersFrom } from './parameters.ts';

fc.configureGlobal(parametersFrom(process.env));
