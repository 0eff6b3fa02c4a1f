import type { Bug } from "./bug.ts";

/** Bugs in what is decided: stakes, prices, holds, caps. */
export const BUGS_OF_MONEY: readonly Bug[] = [
  {
    name: "a stake of all that is there is refused",
    changes: [{
      file: "domain/quote.ts",
      snippet: "if (stakeMinor > available) {",
      instead: "if (stakeMinor >= available) {",
    }],
  },
  {
    name: "a bet is taken at a lower price when only a higher one was agreed to",
    changes: [{
      file: "domain/reserve.ts",
      snippet: "return movement >= 0;",
      instead: "return true;",
    }],
  },
  {
    name: "a hold's money is not held",
    changes: [{
      file: "domain/account.ts",
      snippet: "return account.hold?.amountMinor ?? 0;",
      instead: "return 0;",
    }],
  },
  {
    name: "a hold is alive at exactly the time at which it is dead",
    changes: [{
      file: "domain/hold.ts",
      snippet: "return atMs >= hold.expiresAtMs;",
      instead: "return atMs > hold.expiresAtMs;",
    }],
  },
  {
    name: "a dead hold is not ended before something else is decided",
    changes: [{
      file: "domain/decide.ts",
      snippet: "if (!account.hold || !isDead(account.hold, command.atMs)) return [",
      instead: "if (open) return [",
    }],
  },
  {
    name: "a hold that is not pending any more is confirmed",
    changes: [{
      file: "domain/decide_hold.ts",
      snippet: 'return refuse({ kind: "hold_not_pending", holdId, status });',
      instead: "return accept(hold);",
    }, {
      file: "domain/evolve.ts",
      snippet: "if (state.hold?.id !== holdId) throw",
      instead: "if (state.hold && state.hold.id !== holdId) throw",
    }],
  },
  {
    name: "a hold is confirmed although its market takes no bets",
    changes: [{
      file: "domain/decide_hold.ts",
      snippet: "const shut = strongest(marketRefusals(seen, pending.value));",
      instead: "const shut = null;",
    }],
  },
  {
    name: "a sweep ends holds that are alive",
    changes: [{
      file: "adapters/deno_kv/ledger_reader.ts",
      snippet: 'status === "pending" && isDead(hold, atMs)',
      instead: 'status === "pending"',
    }, {
      file: "domain/decide_hold.ts",
      snippet: "if (hold?.id !== command.holdId || !isDead(hold, command.atMs)) {",
      instead: "if (hold?.id !== command.holdId) {",
    }],
  },
  {
    name: "liability is not given back when a hold comes to nothing",
    changes: [{
      file: "domain/exposure.ts",
      snippet: "return changesOf(event.hold.legs, -held(event.hold));",
      instead: "return [];",
    }],
  },
  {
    name: "liability counts for bets only, not for holds",
    changes: [{
      file: "domain/exposure.ts",
      snippet: "return changesOf(event.hold.legs, held(event.hold));",
      instead: "return [];",
    }, {
      file: "domain/exposure.ts",
      snippet: "return changesOf(event.hold.legs, -held(event.hold));",
      instead: "return [];",
    }, {
      file: "domain/exposure.ts",
      snippet: "return event.hold ? [] : changesOf(",
      instead: "return changesOf(",
    }],
  },
  {
    name: "a bet that fills a cap exactly is refused",
    changes: [{
      file: "domain/quote.ts",
      snippet: "if (liability <= roomMinor) return [];",
      instead: "if (liability < roomMinor) return [];",
    }],
  },
  {
    name: "a cap is met by what is at stake before the bet, not after it",
    changes: [{
      file: "domain/quote.ts",
      snippet: "if (liability <= roomMinor) return [];",
      instead: "if (roomMinor > 0) return [];",
    }],
  },
  {
    name: "an entry's number is not one higher than the last",
    changes: [{
      file: "domain/entry.ts",
      snippet: "return (newest?.seq ?? 0) + 1;",
      instead: "return (newest?.seq ?? 0) + (newest && newest.seq > 20 ? 2 : 1);",
    }],
  },
];
