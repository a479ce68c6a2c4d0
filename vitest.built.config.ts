import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import LongFirst from './tests/long-first.ts';

/** Tests against the server as it is built and started: `npm run build` first. */
export default defineConfig({
  test: {
    include: ['tests/{sight,hostile,browser,durability}/**/*.test.ts'],
    // Files land far from those of the place.
    env: { DATA_DIR: join(tmpdir(), 'essaim-tests') },
    globalSetup: 'tests/setup.ts',
    sequence: { sequencer: LongFirst },
    isolate: false,
    setupFiles: 'tests/each-file.ts',
    experimental: { viteModuleRunner: false },
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 20_000 } },
    maxWorkers: 2,
  },
});
