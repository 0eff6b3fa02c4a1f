import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../components/Icon.tsx";
import { PlaceBet } from "../components/slip/PlaceBet.tsx";
import { PriceChangeChoice } from "../components/slip/PriceChangeChoice.tsx";
import { SlipLegCard } from "../components/slip/SlipLegCard.tsx";
import { SlipOffers } from "../components/slip/SlipOffers.tsx";
import { SlipStatus } from "../components/slip/SlipStatus.tsx";
import { account } from "../lib/browser/account_state.ts";
import { openSheet } from "../lib/browser/sheet.ts";
import { runHoldClock } from "../lib/browser/hold_clock.ts";
import { settleKept } from "../lib/browser/slip_actions.ts";
import { loadSlip, phases, sheetOpen, slip, slipCount } from "../lib/browser/slip_state.ts";
import type { PriceFormat } from "../lib/site/price_text.ts";
import { legKey } from "../lib/site/slip.ts";

/** What the slip knows when the page is made. */
export interface SlipProps {
  readonly format: PriceFormat;
  /** Why nobody can bet in this session; null when they can. */
  readonly whyNot: string | null;
}

/** Below this width the slip is a sheet; the style sheet says the same. */
const PHONE = "(max-width: 59.99rem)";

/** The bet slip: a column beside the market, and on a phone a sheet that is a modal dialog. */
export default function Slip({ format, whyNot }: SlipProps) {
  const section = useRef<HTMLElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const inside = useRef(false);
  const { legs } = slip.value;
  const open = sheetOpen.value;
  const accountId = account.value?.id;
  // Also so that this runs again, and looks after the focus, when an attempt moves on.
  const nothingSaid = phases.value.size === 0;

  useEffect(begin, []);
  useEffect(runHoldClock, []);
  useEffect(() => void (accountId && settleKept(accountId)), [accountId]);
  useEffect(() => {
    if (!open || !section.current) return;
    return openSheet(section.current, { first: title.current, close });
  }, [open]);
  useEffect(() => followFocus(section.current, inside), []);
  useEffect(() => {
    // What had the focus may just have left the slip: the heading takes it, so that nobody is lost.
    if (inside.current && document.activeElement === document.body) title.current?.focus();
  });

  return (
    <>
      <section
        id="slip"
        ref={section}
        class={open ? "slip slip--open" : "slip"}
        aria-labelledby="slip-title"
        role={open ? "dialog" : undefined}
        aria-modal={open ? true : undefined}
      >
        <header class="slip-head">
          <h2 id="slip-title" ref={title} tabIndex={-1}>Bet slip</h2>
          {legs.length > 0 && (
            <span class="slip-count">
              {slipCount.value === 1 ? "1 selection" : `${slipCount.value} selections`}
            </span>
          )}
          <button type="button" class="slip-close" onClick={close}>
            <Icon name="close" />
            <span class="visually-hidden">Close the slip</span>
          </button>
        </header>
        {legs.length === 0 && nothingSaid && (
          <p class="slip-empty">Choose a price, and it appears here.</p>
        )}
        <ul class="slip-legs">
          {legs.map((leg) => (
            <SlipLegCard key={legKey(leg)} leg={leg} alone={legs.length === 1} format={format} />
          ))}
        </ul>
        {legs.length > 0 && <PriceChangeChoice />}
        <div class="slip-foot">
          <SlipStatus format={format} />
          <SlipOffers format={format} />
          {legs.length > 0 && <PlaceBet whyNot={whyNot} />}
        </div>
      </section>
      {open && <div class="scrim" onClick={close} />}
    </>
  );
}

function close(): void {
  sheetOpen.value = false;
}

function begin(): () => void {
  loadSlip();
  const phone = matchMedia(PHONE);
  if (location.hash === "#slip" && phone.matches) {
    history.replaceState(null, "", location.pathname + location.search);
    sheetOpen.value = true;
  }
  const onChange = () => {
    if (!phone.matches) close();
  };
  phone.addEventListener("change", onChange);
  return () => phone.removeEventListener("change", onChange);
}

/** Keeps `inside` saying whether the reader is at work in the slip: by focus, or by pointer. */
function followFocus(section: HTMLElement | null, inside: { current: boolean }): () => void {
  const follow = ({ target }: Event) => {
    inside.current = target instanceof Node && (section?.contains(target) ?? false);
  };
  document.addEventListener("focusin", follow);
  document.addEventListener("pointerdown", follow);
  return () => {
    document.removeEventListener("focusin", follow);
    document.removeEventListener("pointerdown", follow);
  };
}
