/** Signs the audit log of the throw-away homes that are killed: written and read back by two processes. */
export const WRITER_SECRET = 'secret of a home that lives for one test only';
