import { Refusal } from '../errors.ts';

/** Waits for something to be taken away. That it is gone already, by a second click or another tab, is as good. */
export async function unlessGone(taken: Promise<void>): Promise<void> {
  try {
    await taken;
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'not_found')) throw error;
  }
}
