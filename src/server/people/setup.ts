import { timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import { invalid, notFound, Refusal } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { hashOf } from './actor.ts';
import { createPerson } from './create.ts';
import { checkNetworkName, type NetworkView } from './network.ts';
import { sharedSecret, storedSecret } from './secret.ts';

/** The link that sets an empty network up, the same until it was used; null when the network has an owner. */
export async function setupLink(db: Db, origin: string): Promise<string | null> {
  if (await hasOwner(db)) return null;
  return `${origin}/setup?key=${await sharedSecret(db, 'setup')}`;
}

/** Refuses a key that does not open the setup page; kindly, where the network stands already. */
export async function checkSetupKey(db: Db, key: string): Promise<void> {
  if (await hasOwner(db)) throw new Refusal('conflict', 'already_set_up');
  const right = await storedSecret(db, 'setup');
  if (!right || !timingSafeEqual(Buffer.from(hashOf(right)), Buffer.from(hashOf(key)))) throw notFound();
}

export interface NewNetwork {
  key: string;
  network: string;
  language: 'fr' | 'en';
  /** Where the network is, as the owner's browser says. */
  address: string;
  name: string;
  email: string;
  password: string;
}

/** Sets the network up with its owner. Works once, whoever else submits at the same moment. */
export async function setUp(tx: Tx, input: NewNetwork): Promise<{ id: string; handle: string }> {
  await sql`lock table network in share row exclusive mode`.execute(tx);
  await checkSetupKey(tx, input.key);
  await openNetwork(tx, input);
  if (!input.email.trim()) throw invalid('email', 'bad_email');
  const owner = await createPerson(tx, { ...input, role: 'owner' });
  await tx.deleteFrom('secrets').where('name', '=', 'setup').execute();
  await recordEvent(tx, { name: 'network.opened', actorId: owner.id, subjectId: owner.id });
  return owner;
}

async function openNetwork(tx: Tx, input: NewNetwork): Promise<void> {
  const name = checkNetworkName('network', input.network);
  const network = { name, language: input.language, address: input.address };
  await tx
    .insertInto('network')
    .values(network)
    .onConflict((conflict) => conflict.column('only_one').doUpdateSet(network))
    .execute();
}

/** The network's name and language; null before it was set up. */
export async function readNetwork(db: Db): Promise<NetworkView | null> {
  return (await db.selectFrom('network').select(['name', 'language']).executeTakeFirst()) ?? null;
}

/** Whether the network stands: somebody owns it. */
export async function hasOwner(db: Db): Promise<boolean> {
  const owner = await db
    .selectFrom('people')
    .select('id')
    .where('role', '=', 'owner')
    .where('status', '=', 'active')
    .limit(1)
    .executeTakeFirst();
  return owner !== undefined;
}
