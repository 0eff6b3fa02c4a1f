/** The lines of a process's output, as they come. */
export interface ReadLines {
  /** What has come so far. */
  readonly lines: readonly string[];
  /** Done when the output has ended. */
  readonly end: Promise<void>;
  /** Waits for the first line that fits; throws when the output ends or the time is over before. */
  first(pattern: RegExp, limitMs: number): Promise<string>;
}

/** Reads an output to its end, line by line. */
export function linesOf(output: ReadableStream<Uint8Array<ArrayBuffer>>): ReadLines {
  const lines: string[] = [];
  let news = Promise.withResolvers<void>();
  let over = false;
  return { lines, end: read(), first };

  async function read(): Promise<void> {
    let rest = "";
    for await (const text of output.pipeThrough(new TextDecoderStream())) {
      const parts = (rest + text).split("\n");
      rest = parts.pop() ?? "";
      lines.push(...parts);
      tell();
    }
    if (rest !== "") lines.push(rest);
    over = true;
    tell();
  }

  function tell(): void {
    news.resolve();
    news = Promise.withResolvers();
  }

  async function first(pattern: RegExp, limitMs: number): Promise<string> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(new Error(`no ${pattern} in time`)), limitMs);
    try {
      while (true) {
        const found = lines.find((line) => pattern.test(line));
        if (found !== undefined) return found;
        if (over) throw new Error(`the output ended without ${pattern}`);
        await Promise.race([news.promise, late.promise]);
      }
    } finally {
      clearTimeout(timer);
    }
  }
}
