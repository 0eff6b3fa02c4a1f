/**
 * How props travel: a table of values that refer to each other by position, so that what was one
 * object or signal on the server is one in the browser, circles included. A primitive stands for
 * itself; anything else is an array that begins with its tag.
 */
export type PropsTable = (string | number | boolean | null | TaggedEntry)[];

/** `[tag, ...content]`; content of containers is positions in the table. */
export type TaggedEntry = [Tag, ...(string | number | null)[]];

/** The letter that says what an entry is. */
export type Tag = typeof TAG[keyof typeof TAG];

export const TAG = {
  array: "a",
  object: "o",
  map: "m",
  set: "s",
  date: "d",
  url: "u",
  regExp: "r",
  bytes: "b",
  bigint: "n",
  signal: "g",
  computed: "c",
  slot: "j",
} as const;

/** Positions below zero are values that JSON cannot hold. */
export const SPECIAL = {
  undefined: -1,
  nan: -2,
  infinity: -3,
  minusInfinity: -4,
  minusZero: -5,
  /** A place of a sparse array that holds nothing. */
  hole: -6,
} as const;
