/** What went wrong in landing: one sentence that says what, where and what to do. */
export class IngestError extends Error {}
