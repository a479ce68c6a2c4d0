import { migrate } from '#server/platform/migrate.ts';
import { startTestServer } from '../test-server.ts';
import { runNode, type Ended } from './command.ts';

/** Compares the generated row types with a freshly migrated database. */
export async function schemaUpToDate(): Promise<Ended> {
  const server = await startTestServer();
  try {
    await migrate(server.url);
    const args = ['--url', server.url, '--verify', '--log-level', 'error'];
    const { ok, output } = await runNode('node_modules/kysely-codegen/dist/cli/bin.js', args);
    return {
      ok,
      output: ok ? output : `${output}\nsrc/server/platform/schema.ts is not that of the migrations.\n`,
    };
  } finally {
    await server.stop();
  }
}
