import { randomInt } from 'node:crypto';

const HOW_MANY = 10;
const HALF = 5;

/** Codes to keep on paper. Digits only: nobody mistakes them, and a phone shows them large. */
export function makeBackupCodes(): string[] {
  return Array.from({ length: HOW_MANY }, () => `${half()}-${half()}`);
}

/** A code as it is kept, however it was copied: `12345 67890`, `1234567890`. */
export function tidyBackupCode(typed: string): string {
  const bare = typed.replace(/[^0-9a-z]/gi, '');
  return `${bare.slice(0, HALF)}-${bare.slice(HALF)}`;
}

function half(): string {
  return String(randomInt(10 ** HALF)).padStart(HALF, '0');
}
