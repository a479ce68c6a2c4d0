/** The editor comes over the field. */
export const csr = true;
