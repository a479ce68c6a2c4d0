import type { Transport } from '@sveltejs/kit/hooks';
import { ServerOnly } from '#ui/server-only.ts';

export const transport: Transport = {
  // Only pages without script hold any, and those are never rendered by a browser (see the root layout).
  ServerOnly: {
    encode: (value) => value instanceof ServerOnly && [true],
    decode: () => new ServerOnly(undefined),
  },
};
