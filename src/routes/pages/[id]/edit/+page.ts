/** Written together with others, as one types. */
export const csr = true;
