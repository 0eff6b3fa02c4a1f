/** The few pictures of the site. Each stands beside a word, so none of them is read out. */
const PATHS = {
  lobby: "M4 5h16M4 12h16M4 19h10",
  bets: "M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6",
  desk: "M5 20V10M12 20V4M19 20v-7",
  slip: "M5 4h14v16H5zM9 9h6M9 13h6M9 17h3",
  account: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 20c1-4 4-6 8-6s7 2 8 6",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 20 20",
  close: "M6 6l12 12M18 6 6 18",
  up: "M5 15l7-7 7 7",
  down: "M5 9l7 7 7-7",
} as const;

/** Draws one of the icons in the colour and at the size of its text. */
export function Icon({ name }: { readonly name: keyof typeof PATHS }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
