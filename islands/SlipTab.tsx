import { useEffect } from "preact/hooks";
import { Icon } from "../components/Icon.tsx";
import { loadSlip, sheetOpen, slipCount } from "../lib/browser/slip_state.ts";

/** Whether the page has the slip on it; elsewhere the tab leads to the lobby, with the slip open. */
export interface SlipTabProps {
  readonly here: boolean;
}

/** The slip's place in the bar at the bottom of a phone, with the number of selections on it. */
export default function SlipTab({ here }: SlipTabProps) {
  useEffect(loadSlip, []);
  const count = slipCount.value;
  const content = (
    <>
      <Icon name="slip" />
      <span>Slip</span>{" "}
      <span class={`tab-count${count === 0 ? " tab-count--none" : ""}`}>
        {count}
        <span class="visually-hidden">{count === 1 ? " selection" : " selections"}</span>
      </span>
    </>
  );
  if (!here) return <a class="tab" href="/#slip">{content}</a>;
  return (
    <button
      type="button"
      class="tab"
      aria-haspopup="dialog"
      aria-expanded={sheetOpen.value}
      onClick={() => sheetOpen.value = true}
    >
      {content}
    </button>
  );
}
