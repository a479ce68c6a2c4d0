/** Passkeys are spoken to by script. */
export const csr = true;
