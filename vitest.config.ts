import { defineConfig } from 'vitest/config';

export default defineConfig({
  oxc: { tsconfig: false },
  test: {
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts', 'demo/**/*.test.ts', 'bin/**/*.test.ts'],
    exclude: [
      '**/node_modules/**',
      'tests/browser/**',
      'tests/sight/**',
      'tests/hostile/**',
      'tests/durability/**',
    ],
    globalSetup: 'tests/setup.ts',
    testTimeout: 20_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
