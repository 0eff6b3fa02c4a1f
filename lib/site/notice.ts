// Pure: one piece of news on the slip.

/** What is said: the news, what it means, and whether it is good, bad or still open. */
export interface Notice {
  readonly tone: "good" | "bad" | "open";
  readonly title: string;
  readonly details: string;
}
