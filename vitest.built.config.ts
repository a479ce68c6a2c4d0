import { defineConfig } from 'vitest/config';

/** Tests against the server as it is built and started: `npm run build` first. */
export default defineConfig({
  test: {
    include: ['tests/{sight,hostile,browser,durability}/**/*.test.ts'],
    globalSetup: 'tests/setup.ts',
    experimental: { viteModuleRunner: false },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
