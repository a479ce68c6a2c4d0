import { env } from '#env';
import type { Db } from '../platform/db.ts';

/**
 * The address that links in mails begin with: ORIGIN, else the one at which the network was set up. Never what a
 * request says of itself: whoever asks for somebody else's reset mail could name his own machine.
 */
export async function mailAddress(db: Db): Promise<string> {
  if (env.ORIGIN) return env.ORIGIN;
  const network = await db.selectFrom('network').select('address').executeTakeFirst();
  return network?.address ?? `http://localhost:${env.PORT}`;
}
