/** Where a list goes on. */
export interface PagerProps {
  /** The parameter in the address that holds the cursor. */
  readonly name: string;
  /** Where the next, older page starts; null when there is none. */
  readonly next: number | null;
  /** Whether this page is not the newest. */
  readonly isOlder: boolean;
  /** What the list is made of: "bets". */
  readonly what: string;
  /** The id of the heading to come back to; none keeps the top of the page. */
  readonly anchor?: string;
  /** Parameters to keep in the address. */
  readonly keep?: { readonly [name: string]: string };
}

/** Links to the older and the newest page of a list; nothing when all of it is on this one. */
export function Pager({ name, next, isOlder, what, anchor, keep = {} }: PagerProps) {
  if (next === null && !isOlder) return null;
  const address = (cursor: number | null) => {
    const parameters = new URLSearchParams(keep);
    if (cursor !== null) parameters.set(name, String(cursor));
    return `?${parameters}${anchor ? `#${anchor}` : ""}`;
  };
  return (
    <p class="pager">
      {isOlder && <a class="button button--quiet" href={address(null)}>Newest {what}</a>}
      {next !== null && <a class="button button--quiet" href={address(next)}>Older {what}</a>}
    </p>
  );
}
