import { env } from '#env';
import type { Db } from '../platform/db.ts';
import { log } from '../platform/log.ts';
import { startMailIn } from './receive.ts';

/** Opens the door for answers by mail where `MAIL_IN` names one. A place that is taken is told, and stops nothing else. */
export function openMailIn(db: Db): { stop(): Promise<void> } {
  const where = env.MAIL_IN;
  const opened = where
    ? startMailIn(db, where).catch((error: unknown) => {
        log.error('answers by mail cannot come in', { where, error });
        return null;
      })
    : Promise.resolve(null);
  return { stop: async () => (await opened)?.stop() };
}
