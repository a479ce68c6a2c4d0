import { z } from 'zod';
import { Refusal } from '../errors.ts';

const text = z.string().max(20_000);
const common = {
  id: text,
  rawId: text,
  type: z.literal('public-key'),
  clientExtensionResults: z.object({}).default({}),
};

const signed = z.object({
  ...common,
  response: z.object({
    clientDataJSON: text,
    authenticatorData: text,
    signature: text,
    userHandle: text.optional(),
  }),
});
const made = z.object({
  ...common,
  response: z.object({
    clientDataJSON: text,
    attestationObject: text,
    transports: z
      .array(z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']))
      .optional(),
  }),
});

/** What a browser answers when a passkey signed a challenge. */
export type SignedChallenge = z.infer<typeof signed>;
/** What a browser answers when it made a passkey. */
export type MadePasskey = z.infer<typeof made>;

/** Reads the answer of a browser's passkey to a sign-in. */
export function readSignedChallenge(answer: unknown): SignedChallenge {
  return read(signed, answer);
}

/** Reads the answer of a browser that made a passkey. */
export function readMadePasskey(answer: unknown): MadePasskey {
  return read(made, answer);
}

function read<Answer>(schema: z.ZodType<Answer>, answer: unknown): Answer {
  const { success, data } = schema.safeParse(answer);
  if (!success) throw new Refusal('invalid', 'passkey_refused');
  return data;
}
