import { join } from 'node:path';
import { checkEnvironment, env, inWords } from '#env';
import { readyDatabase } from '../database.ts';
import { untilToldToStop } from '../signals.ts';

export const name = 'dev';
export const summary = inWords(
  'Démarre Essaim en suivant ses sources (pour qui le développe).',
  'Starts Essaim and follows its sources (for those who develop it).',
);
export const usage = 'npx essaim dev';

/** Runs Vite on the embedded database, or the one of DATABASE_URL, until told to stop. */
export async function run(): Promise<void> {
  checkEnvironment();
  // Not at the top: the list of commands loads this file, and Vite is large.
  const { createServer } = await import('vite');
  await untilToldToStop(async (stop) => {
    const database = await readyDatabase(stop);
    try {
      const vite = await createServer({
        root: join(import.meta.dirname, '..', '..'),
        server: { port: env.PORT, host: env.HOST, strictPort: true },
      });
      try {
        await vite.listen();
        vite.printUrls();
        await stop.asked;
      } finally {
        await vite.close();
      }
    } finally {
      await database.stop();
    }
  });
  process.exit(0);
}
