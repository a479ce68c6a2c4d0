import { createHash, createHmac } from 'node:crypto';
import { MIMEType } from 'node:util';
import { redirect, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import type { Actor } from '../actor.ts';
import { Refusal } from '../errors.ts';
import { inTransaction, type Tx } from '../platform/db.ts';
import { HEARD_IN_VAIN } from '../platform/files/incoming.ts';
import { claimedAt, forgetKey, idempotencyKey, once, type Claim } from '../platform/api/idempotency.ts';
import { fullDisk } from '../platform/outage.ts';
import { cookieOf } from '../people/session.ts';
import { requireActor } from './actor.ts';
import { takeAttached } from './attached.ts';
import { failWith, type FormRefusal } from './refusal.ts';

const SECRET = /password|secret|code/i;

/** What a person typed into a form. */
export class Form {
  readonly #data: FormData;
  /** All that came, as it came: by this, a form that is sent twice is known again. */
  readonly sent: string[];

  constructor(data: FormData) {
    this.#data = data;
    this.sent = [...data].flatMap(([name, value]) =>
      typeof value === 'string' ? [name, value] : [name, value.name, String(value.size), value.type],
    );
  }

  /** One field, with line ends as `\n`; empty where there is none. */
  text(name: string): string {
    return clean(this.#data.get(name)) ?? '';
  }

  /** One field; undefined where the form does not have it at all. */
  optional(name: string): string | undefined {
    return clean(this.#data.get(name));
  }

  /** All the fields of one name that are not empty. */
  list(name: string): string[] {
    return this.#data.getAll(name).flatMap((value) => clean(value) || []);
  }

  /** Whether a box is ticked. */
  flag(name: string): boolean {
    return this.#data.has(name);
  }

  /** An uploaded file; undefined where none was chosen. */
  file(name: string): File | undefined {
    const value = this.#data.get(name);
    return value instanceof File && value.size > 0 ? value : undefined;
  }

  /** The files of one field that were chosen. */
  files(name: string): File[] {
    return this.#data.getAll(name).filter((value) => value instanceof File && value.size > 0) as File[];
  }

  /** Puts a text in the place of a field, as if it had been typed there. */
  put(name: string, text: string): void {
    this.#data.set(name, text);
  }

  /** Adds lines to the end of a field, as if they had been typed there. */
  addLines(name: string, lines: string): void {
    const text = this.text(name).trimEnd();
    this.put(name, text === '' ? lines : `${text}\n\n${lines}`);
  }

  /** What goes back to the page after a refusal: all that was typed, but no secret. */
  get values(): Record<string, string> {
    const texts = [...this.#data].filter(([name, value]) => typeof value === 'string' && !SECRET.test(name));
    return Object.fromEntries(texts.map(([name, value]) => [name, clean(value) ?? '']));
  }

  /** The same, with all that came under each name: a page without ticked boxes cannot tell which were. */
  get lists(): Record<string, string[]> {
    const lists = new Map(Object.keys(this.values).map((name): [string, string[]] => [name, []]));
    for (const [name, value] of this.#data) {
      const text = clean(value);
      if (text) lists.get(name)?.push(text);
    }
    return Object.fromEntries(lists);
  }
}

/** PostgreSQL keeps no NUL. */
function clean(value: FormDataEntryValue | null): string | undefined {
  return typeof value === 'string' ? value.replaceAll('\0', '').replace(/\r\n?/g, '\n') : undefined;
}

/** Where to go after a form: an address, or what the page is told. */
export type Outcome = string | Record<string, unknown>;
/** What the page gets: what it was told, or why it was refused. */
export type Answer<Out extends Outcome> = Promise<Exclude<Out, string> | ActionFailure<FormRefusal>>;

/**
 * A form action that writes: runs `write` in one transaction as the person signed in, then goes to the address that
 * `then` gives, or hands the page what it gives. A refusal goes back to the form with what was typed.
 */
export function formAction<Result, Out extends Outcome = { done: true }>(
  write: (tx: Tx, actor: Actor, form: Form, event: RequestEvent) => Promise<Result>,
  then?: (result: Result, event: RequestEvent, form: Form) => Out,
): (event: RequestEvent) => Answer<Out> {
  return openFormAction(async (form, event) => {
    const actor = requireActor(event);
    const result = await inTransaction(event.locals.db, (tx) => write(tx, actor, form, event));
    return then ? then(result, event, form) : ({ done: true } as unknown as Out);
  });
}

/**
 * The same for a form that makes something: sent twice with the same words within a minute (a second click, a page
 * sent again), it makes it once, and the second answer is the first. A form that waited for the network carries a key
 * of its own, and makes its thing once however late it comes.
 */
export function onceAction<Result, Out extends Outcome>(
  write: (tx: Tx, actor: Actor, form: Form, event: RequestEvent) => Promise<Result>,
  then: (result: Result, event: RequestEvent, form: Form) => Out,
): (event: RequestEvent) => Answer<Out> {
  return openFormAction(async (form, event) => {
    const actor = requireActor(event);
    const { kept } = await onceEach(actor, form, event, async (tx) => {
      const outcome = then(await write(tx, actor, form, event), event, form);
      return JSON.stringify(outcome);
    });
    return JSON.parse(kept.body ?? '{}') as Out;
  });
}

/**
 * The same for a form that makes something with a secret, which is told once and kept nowhere: the answer that a browser
 * shows is the second click's. The secret is drawn from the session that both clicks carry, and from the moment of the
 * first, so that each is told the same. `again` says that it was told before.
 */
export function tellOnceAction<Out extends Outcome>(
  write: (tx: Tx, actor: Actor, form: Form, secret: string) => Promise<unknown>,
  then: (told: { secret: string; again: boolean }, event: RequestEvent, form: Form) => Out,
): (event: RequestEvent) => Answer<Out> {
  return openFormAction(async (form, event) => {
    const actor = requireActor(event);
    const session = cookieOf(event.request.headers.get('cookie')) ?? '';
    const draw = (first: string) =>
      createHmac('sha256', session)
        .update(JSON.stringify([event.url.pathname, event.url.search, form.sent, first]))
        .digest('base64url');
    const { replayed, claim } = await onceEach(actor, form, event, async (tx, claim) => {
      await write(tx, actor, form, draw(await claimedAt(tx, claim)));
      return null;
    });
    const secret = draw(await claimedAt(event.locals.db, claim));
    return then({ secret, again: replayed }, event, form);
  });
}

/** Runs `write` once for a form, however often it is sent. */
function onceEach(
  actor: Actor,
  form: Form,
  event: RequestEvent,
  write: (tx: Tx, claim: Claim) => Promise<string | null>,
) {
  const request = JSON.stringify([event.url.pathname, event.url.search, form.sent]);
  const own = idempotencyKey(event.request);
  const key = own ? `form ${own}` : `form ${createHash('sha256').update(request).digest('base64url')}`;
  const claim = { ownerId: actor.id, key, request, toldOnce: false };
  return inTransaction(event.locals.db, async (tx) => {
    if (!own) await forgetKey(tx, claim, 60);
    const done = await once(tx, claim, async () => ({ status: 303, body: await write(tx, claim) }));
    return { ...done, claim };
  });
}

/** A form is held in memory whole, unlike what script sends in pieces: it has a limit of its own. */
const LARGEST_FORM = 32_000_000;
/** Somebody who is not signed in sends a name, an address and a password. */
const LARGEST_OF_STRANGER = 100_000;
/**
 * A page of ours has a few hundred. Each is dear to read, and to give back; those of a form without files are dearer by
 * each that came before (1.6 million of them: 29 s), so they are counted before they are read.
 */
const MOST_FIELDS = 10_000;
/** Five times the longest text, in characters. What is typed is gone through many times, and given back: 30 MB took 6 s. */
const MOST_TYPED = 2_000_000;

async function formDataOf(request: Request, largest: number): Promise<FormData> {
  const tooLarge = () => new Refusal('invalid', 'form_too_large');
  const type = request.headers.get('content-type') ?? '';
  const fieldsIn = counterOf(separatorOf(type));
  let bytes = 0;
  let fields = 0;
  const isTooLarge = () => bytes > largest || fields > MOST_FIELDS;
  // What is over the limit is read into nothing: a browser in the middle of sending would not hear the refusal.
  const counted = request.body?.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        bytes += chunk.length;
        if (!isTooLarge()) fields += fieldsIn(chunk);
        if (!isTooLarge()) controller.enqueue(chunk);
        else if (bytes > largest + HEARD_IN_VAIN) controller.error(tooLarge());
      },
      flush(controller) {
        if (isTooLarge()) controller.error(tooLarge());
      },
    }),
  );
  const headers = { 'content-type': type };
  const data = await new Response(counted ?? null, { headers }).formData().catch(() => {
    throw isTooLarge() ? tooLarge() : new Refusal('invalid', 'form_broken');
  });
  if (typedIn(data) > MOST_TYPED) throw tooLarge();
  return data;
}

/** What stands between the fields of a body of this type; of one that is no form, it does not matter. */
function separatorOf(type: string): string {
  try {
    const { type: family, params } = new MIMEType(type);
    return family === 'multipart' ? `--${params.get('boundary') ?? ''}` : '&';
  } catch {
    return '&';
  }
}

/** Counts how often `sign` comes, in pieces that may part it; of one piece, as far as the most that there may be. */
function counterOf(sign: string): (piece: Uint8Array) => number {
  const wanted = Buffer.from(sign);
  let before: Uint8Array = Buffer.alloc(0);
  return (piece) => {
    const bytes = Buffer.concat([before, piece]);
    let times = 0;
    for (let at = bytes.indexOf(wanted); at !== -1 && times <= MOST_FIELDS; times += 1)
      at = bytes.indexOf(wanted, at + wanted.length);
    before = bytes.subarray(Math.max(0, bytes.length - wanted.length + 1));
    return times;
  };
}

function typedIn(data: FormData): number {
  let typed = 0;
  for (const [name, value] of data)
    typed += name.length + (typeof value === 'string' ? value.length : value.name.length);
  return typed;
}

/** A form action for anybody, signed in or not, that opens its own transactions. */
export function openFormAction<Out extends Outcome>(
  run: (form: Form, event: RequestEvent) => Promise<Out>,
): (event: RequestEvent) => Answer<Out> {
  return async (event) => {
    let form = new Form(new FormData());
    let outcome: Out;
    try {
      form = new Form(
        await formDataOf(event.request, event.locals.actor ? LARGEST_FORM : LARGEST_OF_STRANGER),
      );
      await takeAttached(form, event);
      outcome = await run(form, event);
    } catch (error) {
      const refusal = error instanceof Refusal ? error : fullDisk(error);
      if (refusal) return failWith(refusal, event.locals.language, form);
      throw error;
    }
    if (typeof outcome === 'string') redirect(303, outcome);
    return outcome as Exclude<Out, string>;
  };
}
