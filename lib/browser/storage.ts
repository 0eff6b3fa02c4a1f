// Browser state, for islands only.

/** What is kept under a key in this browser; null when there is nothing, or storage is not allowed. */
export function kept(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Keeps a text under a key; does nothing where storage is not allowed or full. */
export function keep(key: string, text: string): void {
  try {
    localStorage.setItem(key, text);
  } catch {
    // Private windows may refuse: the slip then lasts as long as the page.
  }
}

/** Lets go of what is kept under a key. */
export function drop(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // What could not be kept need not be dropped.
  }
}

/** The keys that begin with a prefix. */
export function keysUnder(prefix: string): readonly string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}
