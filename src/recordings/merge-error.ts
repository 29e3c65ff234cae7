/** Parts that could not be merged; they stay as they are. Nobody sees it but the log. */
export class MergeError extends Error {}
