import { assertEquals } from "@std/assert";
import {
  agoText,
  clockText,
  dayText,
  isoText,
  momentText,
  shortText,
} from "../../lib/site/time_text.ts";

const SUNDAY_IN_NOVEMBER = Date.UTC(2026, 10, 22, 14, 10, 3);
const JULY = Date.UTC(2026, 6, 4, 14, 0, 0);
const HOUR_MS = 3_600_000;

Deno.test("clockText() is UK time in winter and in summer, wherever it runs", () => {
  assertEquals(clockText(SUNDAY_IN_NOVEMBER), "14:10");
  assertEquals(clockText(JULY), "15:00");
});

Deno.test("dayText() names today and tomorrow by the UK calendar", () => {
  assertEquals(dayText(SUNDAY_IN_NOVEMBER, SUNDAY_IN_NOVEMBER), "Today, Sunday 22 November");
  const nextDay = SUNDAY_IN_NOVEMBER + 24 * HOUR_MS;
  assertEquals(dayText(nextDay, SUNDAY_IN_NOVEMBER), "Tomorrow, Monday 23 November");
  assertEquals(dayText(nextDay, nextDay + 24 * HOUR_MS), "Monday 23 November");
  // 23:30 UTC in July is already the next day in London.
  const lateInJuly = Date.UTC(2026, 6, 4, 23, 30);
  assertEquals(dayText(lateInJuly, lateInJuly), "Today, Sunday 5 July");
});

Deno.test("shortText() is a time today and a weekday later", () => {
  assertEquals(shortText(SUNDAY_IN_NOVEMBER, SUNDAY_IN_NOVEMBER - HOUR_MS), "14:10");
  assertEquals(shortText(SUNDAY_IN_NOVEMBER + 24 * HOUR_MS, SUNDAY_IN_NOVEMBER), "Mon");
});

Deno.test("momentText() and isoText() name the same second", () => {
  assertEquals(momentText(JULY), "4 Jul 2026, 15:00:00");
  assertEquals(isoText(JULY), "2026-07-04T14:00:00.000Z");
});

Deno.test("agoText() counts in one unit and never below zero", () => {
  const said: readonly [number, string][] = [
    [-5_000, "0.0 s"],
    [340, "0.3 s"],
    [9_990, "10.0 s"],
    [12_000, "12 s"],
    [240_000, "4 min"],
    [3 * HOUR_MS, "3 h"],
    [60 * HOUR_MS, "2 days"],
  ];
  for (const [sinceMs, text] of said) assertEquals(agoText(sinceMs), text);
});
