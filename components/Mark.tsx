/** The mark of the house: a mooring bitt with a line made fast around it. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect class="mark-ground" width="32" height="32" rx="7" />
      <path class="mark-line" d="M10 7v18M22 7v18M5 13c6 0 16 6 22 6M5 19c6 0 16-6 22-6" />
    </svg>
  );
}
