/** Previews appear in place, and a lost connection loses nothing. */
export const csr = true;
