/** Reactions and comments land in place. */
export const csr = true;
