/** Reactions and comments land in place, and passages are spoken of by selecting them. */
export const csr = true;
