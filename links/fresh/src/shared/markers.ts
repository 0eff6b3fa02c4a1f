/** The comments around the HTML of an island on the page. */
export const islandMarker = (number: number) => ({
  open: `fresh-island:${number}`,
  close: `/fresh-island:${number}`,
});

/** The comments around JSX that was passed to an island. */
export const slotMarker = (number: number) => ({
  open: `fresh-slot:${number}`,
  close: `/fresh-slot:${number}`,
});
