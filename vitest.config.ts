import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import LongFirst from './tests/long-first.ts';

export default defineConfig({
  test: {
    include: [
      'src/**/*.test.ts',
      'tests/**/*.test.ts',
      'demo/**/*.test.ts',
      'bin/**/*.test.ts',
      'eval/**/*.test.ts',
    ],
    exclude: [
      '**/node_modules/**',
      'tests/browser/**',
      'tests/sight/**',
      'tests/hostile/**',
      'tests/durability/**',
    ],
    globalSetup: 'tests/setup.ts',
    // One client of a test asks more than a person's share, on a fast machine. Files land far from those of the place.
    env: { RATE_LIMIT: '0', DATA_DIR: join(tmpdir(), 'essaim-tests') },
    sequence: { sequencer: LongFirst },
    // The house is loaded once for each worker and not once for each file: that was the half of it.
    isolate: false,
    setupFiles: 'tests/each-file.ts',
    // Node runs the TypeScript itself, as it does in service.
    experimental: { viteModuleRunner: false },
    // They end what hangs; what merely waits for its turn on a busy machine does not fail.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 20_000 } },
    maxWorkers: 2,
  },
});
