/**
 * A deliberate bug: what a tired developer might have written instead. Each snippet must stand in its
 * file exactly once, so that a bug cannot silently stop being one when the source changes.
 */
export interface Bug {
  /** What is wrong, as a sentence. */
  readonly name: string;
  readonly changes: readonly Change[];
}

/** A piece of source, and what stands there instead. */
export interface Change {
  /** Path of the source file below `lib/`. */
  readonly file: string;
  readonly snippet: string;
  readonly instead: string;
}
