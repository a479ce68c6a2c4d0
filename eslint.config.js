import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

// Rules that need types are in .oxlintrc.json (decision 0033).
export default ts.config(
  { ignores: ['build/', '.svelte-kit/', 'data/', 'coverage/', 'src/server/platform/schema.ts'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs['flat/recommended'],
  {
    languageOptions: { globals: { ...globals.node } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'], location: 'start' }],
      'prefer-const': 'error',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { globals: { ...globals.browser }, parserOptions: { parser: ts.parser } },
    rules: {
      // Every HTML shown was rendered and sanitised when it was written.
      'svelte/no-at-html-tags': 'off',
      // The network lives at the root of its address: a path is a path.
      'svelte/no-navigation-without-resolve': 'off',
      // Props come through `let`: that is how runes are written.
      'prefer-const': 'off',
      'svelte/prefer-const': 'error',
    },
  },
  {
    files: ['src/ui/**/*.ts'],
    languageOptions: { globals: { ...globals.browser } },
  },
  {
    files: ['scripts/**', 'bin/**', 'bench/**', 'eval/**', 'tests/**', 'src/server/platform/log.ts'],
    rules: { 'no-console': 'off' },
  },
);
