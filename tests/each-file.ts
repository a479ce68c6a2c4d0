/**
 * Files share a process: what one has set in its surroundings is not there for the next. What is drawn by chance is the
 * same in every run; SEED draws anew.
 */
import fc from 'fast-check';
import { afterAll, vi } from 'vitest';

fc.configureGlobal({ seed: Number(process.env['SEED'] ?? 20261122) });
afterAll(() => vi.unstubAllEnvs());
