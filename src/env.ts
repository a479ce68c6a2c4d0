/** The settings: `src/env/` reads the environment, and nothing else does. Each value is read when it is asked for. */
import { tell } from './env/environment.ts';
import { keeping } from './env/keeping.ts';
import { likeness } from './env/likeness.ts';
import { mail } from './env/mail.ts';
import { running } from './env/running.ts';
import { web } from './env/web.ts';

export { inWords } from './env/environment.ts';
export type { LogLevel, Role } from './env/running.ts';
export { OperatorError } from './env/wrong.ts';

/** SvelteKit claims a file of this name and place, for variables it would hand out itself: there are none. */
export const variables = {};

type Values<Readers> = {
  readonly [Name in keyof Readers]: Readers[Name] extends () => infer Value ? Value : never;
};

/** Every setting by its name. One that is mistyped is refused, in a sentence, whenever it is asked for. */
export const env = valuesOf({ ...web, ...keeping, ...mail, ...running, ...likeness });

/**
 * The command line sets the address of the embedded database once it has started it, so a property asks its reader anew
 * each time.
 */
function valuesOf<Readers extends Record<string, () => unknown>>(readers: Readers): Values<Readers> {
  const entries = Object.entries(readers).map(([name, get]) => [name, { get, enumerable: true }]);
  return Object.defineProperties({}, Object.fromEntries(entries) as PropertyDescriptorMap) as Values<Readers>;
}

/** Reads every value once, so that a mistake is told at the start and not at the first use. */
export function checkEnvironment(): void {
  for (const name of Object.keys(env)) void env[name as keyof typeof env];
}

/** Tells this process, the bundled application and its children which database to use. */
export function useDatabase(url: string): void {
  tell('DATABASE_URL', url);
}

/** Marks this process as showing the demonstration company. */
export function useDemonstration(): void {
  tell('ESSAIM_DEMO', '1');
}

/**
 * Tells SvelteKit's server how large a request may be, and to believe these two headers, which our HTTP server writes
 * itself, about the address that was asked for. To be called before it is loaded.
 */
export function prepareApplication(told: {
  largestBody: number;
  protocolHeader: string;
  hostHeader: string;
}): void {
  tell('BODY_SIZE_LIMIT', String(told.largestBody));
  tell('PROTOCOL_HEADER', told.protocolHeader);
  tell('HOST_HEADER', told.hostHeader);
}
