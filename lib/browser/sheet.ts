// Browser state, for islands only: what makes a part of the page a modal dialog.

/**
 * Makes everything but `sheet` inert, moves the focus to `first`, and calls `close` on Escape. The
 * function it answers undoes all of it and gives the focus back to where it was.
 */
export function openSheet(
  sheet: HTMLElement,
  options: { readonly first: HTMLElement | null; readonly close: () => void },
): () => void {
  const opener = document.activeElement;
  const covered = outsideOf(sheet).filter((element) => !element.inert);
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Escape") options.close();
  };
  for (const element of covered) element.inert = true;
  document.documentElement.classList.add("has-sheet");
  document.addEventListener("keydown", onKey);
  options.first?.focus();
  return () => {
    for (const element of covered) element.inert = false;
    document.documentElement.classList.remove("has-sheet");
    document.removeEventListener("keydown", onKey);
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
  };
}

/** The siblings of an element and of everything it stands in, up to the body. */
function outsideOf(element: HTMLElement): HTMLElement[] {
  const outside: HTMLElement[] = [];
  for (let at = element; at.parentElement && at !== document.body; at = at.parentElement) {
    for (const sibling of at.parentElement.children) {
      if (sibling !== at && sibling instanceof HTMLElement) outside.push(sibling);
    }
  }
  return outside;
}
