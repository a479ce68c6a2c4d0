import type { RequestListener } from 'node:http';
import type { Actor } from '#server/actor.ts';
import type { Db } from '#server/platform/db.ts';

declare global {
  /** The API, which the application lays out when it starts for the program around it: the two share no module. */
  var essaimApi: RequestListener | undefined;

  namespace App {
    interface Locals {
      /** Who signed in with this browser; null for nobody. Addresses under /api and /feeds also take keys of their own. */
      actor: Actor | null;
      db: Db;
      /** The actor's language; for nobody, the one the browser asks for. */
      language: 'fr' | 'en';
    }
    interface Error {
      status: number;
      message: string;
      /** Under which the unexpected stands in the log. */
      reference?: string;
    }
  }
}

export {};
