import { stdin } from "node:process";
import { createInterface } from "node:readline";
import { CONTENDERS, isContenderName } from "../contenders/all.ts";
import type { Contender } from "../contender.ts";
import { runClosedLoop } from "../load/closed_loop.ts";
import { placeCountedBets } from "../load/counted_bets.ts";
import { runOpenLoop } from "../load/open_loop.ts";
import type { Answer, Order } from "./orders.ts";

/** One contender and its clients in a process of their own, led by lines of JSON. */
async function main(): Promise<void> {
  const [name = "", given = ""] = Deno.args;
  if (!isContenderName(name)) throw new Error(`there is no contender named ${name}`);
  // Ctrl-C reaches the whole group; the process that started this one decides what happens.
  Deno.addSignalListener("SIGINT", () => {});
  const contender: Contender = CONTENDERS[name](JSON.parse(given));
  for await (const line of createInterface({ input: stdin })) {
    const order: Order = JSON.parse(line);
    const answer = await follow(contender, order);
    console.log(JSON.stringify(answer));
    if (order.name === "close") break;
  }
  Deno.exit(0);
}

async function follow(contender: Contender, order: Order): Promise<Answer> {
  try {
    return { ok: true, gives: await carryOut(contender, order) ?? null };
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error.stack ?? error.message : `${error}` };
  }
}

function carryOut(contender: Contender, order: Order): Promise<unknown> {
  switch (order.name) {
    case "open":
      return contender.open(order.asked.accounts);
    case "closedLoop":
      return runClosedLoop(contender, order.asked);
    case "openLoop":
      return runOpenLoop(contender, order.asked);
    case "countedBets":
      return placeCountedBets(contender, order.asked);
    case "settle":
      return contender.settle();
    case "close":
      return contender.close();
  }
}

if (import.meta.main) await main();
